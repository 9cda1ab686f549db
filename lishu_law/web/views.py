"""Pages that belong to no package of the law: drafts, health."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from lishu_law import clock
from lishu_law.access.doors import public, signed_in
from lishu_law.web import drafts
from lishu_law.web.navigation import address_of

# The public's questions: (title, one sentence, name of the page that answers it). A page that does not exist
# yet shows 准备中; no name at all means that the sentence is the answer.
HOME_ENTRIES = (
    ("查处罚决定", "谁因为什么受到什么处罚，全部可以查。", "penalty-list"),
    ("查检查是否真实", "用手机扫执法人员出示的检查码，马上看到是不是已经备案。", ""),
    ("查文书真伪", "收到盖章的文书，扫码或者上传文件，看是不是真的、有没有改动过。", "paper-check"),
    ("公示有误、信用修复", "写错了怎么提异议，怎么申请信用修复，带什么材料。", "public-objections"),
    ("看双随机抽查", "抽了哪些单位、怎么抽的，可以自己重算一遍。", "public-draws"),
    ("检查结果", "检查了哪些单位、结果怎样，公示一年。", "public-results"),
    ("企业对检查的评价", "企业怎么评价各单位的检查，每季公布。", "public-ratings"),
    ("执法数据", "每年有多少处罚、检查和强制，按种类、月份、领域公布。", "public-statistics"),
    ("办案流程图", "简易程序、普通程序、检查和强制措施，每一步谁来做。", "public-procedures"),
    ("裁量标准", "这种行为一般罚多少，依据哪一条。", "public-benchmarks"),
    ("下载公示数据", "全部公示数据，可以下载、订阅和核验。", "public-data"),
)


@signed_in
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Autosave of a page (called by its script every few seconds after a change)."""
    key = request.POST.get("_draft_key", "")
    if not key.startswith("/"):
        return JsonResponse({"error": "缺少草稿位置。"}, status=400)
    try:
        saved_at = drafts.save(request.user, key, request.POST, title=request.POST.get("_draft_title", ""))
    except drafts.DraftTooLong as error:
        return JsonResponse({"error": str(error)}, status=413)
    return JsonResponse({"saved_at": f"{clock.local(saved_at):%H:%M:%S}"})


@public
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For health checks: answers 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The front page: what the public may look up, and the way in for staff."""
    entries = [(title, text, name and address_of(name), bool(name)) for title, text, name in HOME_ENTRIES]
    return render(request, "web/home.html", {"entries": entries, "search_url": address_of("penalty-list")})


@public
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How do I go on, and whom do I ask?"""
    return render(request, "web/help.html", {"title": "帮助与无障碍说明"})
