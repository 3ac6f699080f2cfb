"""The record to look at, ask and share: pages made by the server, each also data.

`create_app` makes the application that `votewire serve` runs. A page is one function that makes a
context, and one template; the same context answers as JSON, its tables as CSV, its charts as SVG
and PNG. Everything comes from the record and the fit that ship with votewire; no page calls another
host. The room needs the packages of the extra `web`.
"""

from votewire.web.app import create_app

__all__ = ["create_app"]
