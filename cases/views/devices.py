"""Pages of the register of measuring and monitoring devices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions import devices
from cases.actions.devices import NewCalibration, NewDevice
from cases.forms import evidence as forms
from cases.queries.devices import device_by, devices_on
from cases.views.investigation import stored
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.web.acts import Act, ActForm, act_page


@requires("device.read")
@require_GET
def device_list(request: HttpRequest) -> HttpResponse:
    """Every device with what it lacks."""
    context = {"rows": devices_on(clock.today()), "can_edit": may_ever(request.user, "device.edit")}
    return render(request, "cases/devices.html", context)


@requires("device.read")
@require_GET
def device_page(request: HttpRequest, device_id: int) -> HttpResponse:
    """One device: reviews, publication, calibrations, and what this person may enter."""
    context = {
        "row": device_by(device_id, clock.today()),
        "can_edit": may_ever(request.user, "device.edit"),
        "can_review": may_ever(request.user, "device.review"),
    }
    return render(request, "cases/device.html", context)


@requires("device.edit")
@require_http_methods(["GET", "POST"])
def new_device(request: HttpRequest) -> HttpResponse:
    def run(data: dict[str, Any]) -> Any:
        data.pop("version")
        return devices.register_device(by=request.user, device=NewDevice(**data))

    return act_page(
        request,
        Act(
            title="登记设备", form_class=forms.DeviceForm, run=run, submit="登记设备", done_message="设备已登记。",
            done_url=lambda device: reverse("device", args=[device.pk]), back_url=reverse("device-list"),
        ),
    )  # fmt: skip


def _act(
    request: HttpRequest, device_id: int, title: str, form_class: type[ActForm], action: Callable[..., Any]
) -> HttpResponse:
    """The page of one act on a device."""
    row = device_by(device_id, clock.today())

    def run(data: dict[str, Any]) -> Any:
        data.pop("version")
        return action(by=request.user, device_id=device_id, **data)

    url = reverse("device", args=[device_id])
    return act_page(
        request,
        Act(
            title=f"{title}：{row.device}", form_class=form_class, run=run, submit=title, done_message="已登记。",
            done_url=url, back_url=url,
        ),
    )  # fmt: skip


def _calibrate(*, by: Any, device_id: int, file: Any, **data: Any) -> Any:
    calibration = NewCalibration(file=stored(file, by), **data)
    return devices.add_calibration(by=by, device_id=device_id, calibration=calibration)


@requires("device.edit")
@require_http_methods(["GET", "POST"])
def calibrate_device(request: HttpRequest, device_id: int) -> HttpResponse:
    return _act(request, device_id, "登记检定证书", forms.CalibrationForm, _calibrate)


@requires("device.review")
@require_http_methods(["GET", "POST"])
def review_device_law(request: HttpRequest, device_id: int) -> HttpResponse:
    return _act(request, device_id, "登记法制审核", forms.DeviceLawForm, devices.review_device_law)


@requires("device.edit")
@require_http_methods(["GET", "POST"])
def review_device_technique(request: HttpRequest, device_id: int) -> HttpResponse:
    return _act(request, device_id, "登记技术审核", forms.DeviceTechniqueForm, devices.review_device_technique)


@requires("device.edit")
@require_http_methods(["GET", "POST"])
def publish_device(request: HttpRequest, device_id: int) -> HttpResponse:
    return _act(request, device_id, "登记公布", forms.DevicePublicForm, devices.publish_device)
