"""DynamoDB and SNS on loopback: moto's server, one request at a time.

moto undoes a transaction that fails by putting back the table as it was before. Between threads that would also undo
what others had written meanwhile, so unlike moto's own command this serves without threads.
"""

import sys

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

run_simple(
    "127.0.0.1",
    int(sys.argv[1]),
    DomainDispatcherApplication(create_backend_app),
    threaded=False,
    use_reloader=False,
)
