"""The organ's electronic seal on finished documents: an interface, a provider for a key in a file, verification.

Nothing above knows how a seal is made: it hands in the bytes of a finished PDF and gets sealed bytes back. Seals made
outside (SM2 devices, a platform of the province) become another :class:`~lishu_law.organ_seal.provider.SealProvider`.
"""
