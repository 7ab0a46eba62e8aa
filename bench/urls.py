"""A view that only parses what the import API parses, behind the same token and limits."""

from django.urls import include, path
from rest_framework.parsers import JSONParser
from rest_framework.response import Response

from callstats.imports.source_view import SourceView


class OnlyParses(SourceView):
    """The baseline: the JSON is read, counted and forgotten."""

    parser_classes = [JSONParser]

    def post(self, request):
        return Response({"received": len(request.data["calls"])})


urlpatterns = [
    path("bench/only-parses", OnlyParses.as_view()),
    path("", include("legevakt.urls")),
]
