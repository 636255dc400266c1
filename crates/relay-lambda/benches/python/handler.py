"""The same job in plain Python: read one order from DynamoDB, sign it for ECPay, answer the page that posts it.

ECPay's official Python SDK is on no package registry, so its CheckMacValue is written out here as its documentation
(2902) has it; boto3 is what Lambda's own Python runtime ships for DynamoDB.
"""

import hashlib
import html
import json
import os
import urllib.parse

import boto3

KEY, IV = "pwFHCqoQZGmho4w6", "EkRm7iFT261dpevs"
TABLE = boto3.resource("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL_DYNAMODB"]).Table(os.environ["RELAY_TABLE"])


def check_mac_value(params):
    text = "&".join(f"{name}={params[name]}" for name in sorted(params, key=str.lower))
    text = urllib.parse.quote_plus(f"HashKey={KEY}&{text}&HashIV={IV}").lower()
    for ours, theirs in (("%2d", "-"), ("%5f", "_"), ("%2e", "."), ("%21", "!"), ("%2a", "*"), ("%28", "("), ("%29", ")")):
        text = text.replace(ours, theirs)
    return hashlib.sha256(text.encode()).hexdigest().upper()


def handler(event, _context):
    link = event["rawPath"].rsplit("/", 1)[1]
    item = TABLE.get_item(Key={"d": f"page/{link}", "s": "page"}, ConsistentRead=True)["Item"]
    page = json.loads(item["t"])
    fields = {name: value for name, value in page["fields"] if name != "CheckMacValue"}
    fields["CheckMacValue"] = check_mac_value(fields)
    inputs = "".join(f'<input type="hidden" name="{n}" value="{html.escape(v)}">' for n, v in fields.items())
    body = (
        f'<!DOCTYPE html><html lang="zh-Hant-TW"><meta charset="utf-8"><h1>{html.escape(page["shop"])}</h1>'
        f'<p>NT${page["amount"]:,}</p><form method="post" action="{html.escape(page["action"])}">{inputs}'
        "<button>前往付款</button></form></html>"
    )
    return {"statusCode": 200, "headers": {"content-type": "text/html; charset=utf-8"}, "body": body}
