"""Addresses readers use."""

urlpatterns = []
