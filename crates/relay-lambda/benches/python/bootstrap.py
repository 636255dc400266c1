"""Lambda's Python runtime in its smallest form: import the handler, then ask for events for ever."""

import http.client
import json
import os
import sys

sys.path.insert(0, os.path.dirname(__file__))

import handler  # noqa: E402

api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
while True:
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    response = api.getresponse()
    name, event = response.headers["lambda-runtime-aws-request-id"], json.loads(response.read())
    answer = json.dumps(handler.handler(event, None))
    api.request("POST", f"/2018-06-01/runtime/invocation/{name}/response", body=answer)
    api.getresponse().read()
