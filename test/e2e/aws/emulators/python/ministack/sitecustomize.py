"""Mends what ministack 1.5.33 leaves out; Python loads it through PYTHONPATH before ministack itself.

- Executable bits of files in a function's zip: real Lambda keeps them.
- Condition keys (with AUTH=true): without them a statement that uses one never allows, a Deny never bites, and
  ForAllValues always holds.
- aws:PrincipalArn of a session: the ARN of its role.
- Context entries of simulated policies.
- Batches of messages: IAM has no actions of their own for them.
- Lines that a function logs late, as on a busy machine: with PATIENT_LOGS they still count for their invocation.
- Names of KMS aliases: real CloudFormation does not take one that is there already.
"""
import json
import os
import re
import zipfile

_extract_member = zipfile.ZipFile._extract_member


def extract_with_mode(self, member, targetpath, pwd):
    info = member if isinstance(member, zipfile.ZipInfo) else self.getinfo(member)
    path = _extract_member(self, info, targetpath, pwd)
    mode = (info.external_attr >> 16) & 0o777
    if mode and not info.is_dir():
        os.chmod(path, mode)
    return path


zipfile.ZipFile._extract_member = extract_with_mode


def secrets_manager_keys(action, request):
    from ministack.services import secretsmanager

    keys = {}
    secret = secretsmanager._resolve(request["SecretId"])[1] if request.get("SecretId") else None
    if secret:
        keys["secretsmanager:SecretId"] = secret["ARN"]
        for tag in secret.get("Tags") or []:
            keys["secretsmanager:ResourceTag/" + tag["Key"]] = tag["Value"]
    if request.get("Name"):
        keys["secretsmanager:Name"] = request["Name"]
    if action.endswith(":DeleteSecret"):
        forced = bool(request.get("ForceDeleteWithoutRecovery"))
        keys["secretsmanager:ForceDeleteWithoutRecovery"] = "true" if forced else "false"
    if request.get("RecoveryWindowInDays"):
        keys["secretsmanager:RecoveryWindowInDays"] = str(request["RecoveryWindowInDays"])
    return keys


def kms_keys(_action, request):
    context = request.get("EncryptionContext") or {}
    return {"kms:EncryptionContext:" + key: value for key, value in context.items()}


def dynamodb_keys(_action, request):
    from ministack.services import dynamodb

    table = dynamodb._tables.get(request.get("TableName", "").split("/")[-1]) or {}
    hash_key = table.get("pk_name")
    value = (request.get("Key") or request.get("Item") or {}).get(hash_key)
    names = request.get("ExpressionAttributeNames") or {}
    condition = request.get("KeyConditionExpression") or ""
    for left, right in re.findall(r"([#\w]+)\s*=\s*(:\w+)", condition):
        if names.get(left, left) == hash_key:
            value = (request.get("ExpressionAttributeValues") or {}).get(right)
    return {"dynamodb:LeadingKeys": [str(next(iter(value.values())))]} if value else {}


def events_keys(_action, request):
    entry = (request.get("Entries") or [{}])[0]
    keys = {"events:source": entry.get("Source"), "events:detail-type": entry.get("DetailType")}
    return {key: value for key, value in keys.items() if value}


READERS = {"secretsmanager": secrets_manager_keys, "kms": kms_keys, "dynamodb": dynamodb_keys, "events": events_keys}

try:
    from ministack.core import iam_actions
except ImportError:
    iam_actions = None

if iam_actions:
    request_tag_context = iam_actions.request_tag_context

    def with_condition_keys(service, iam_action, body, params):
        context = request_tag_context(service, iam_action, body, params)
        try:
            request = json.loads(body) if body[:1] == b"{" else {}
        except ValueError:
            request = {}
        reader = READERS.get(service)
        return {**context, **reader(iam_action, request)} if reader else context

    iam_actions.request_tag_context = with_condition_keys

    extract_iam_action = iam_actions.extract_iam_action

    def extract_known_action(service, *args, **options):
        action = extract_iam_action(service, *args, **options)
        return action.removesuffix("Batch") if service == "sqs" and action else action

    iam_actions.extract_iam_action = extract_known_action

try:
    from ministack.core import iam_evaluator
except ImportError:
    iam_evaluator = None

if iam_evaluator:
    resolve_condition_key = iam_evaluator._resolve_condition_key
    simulated = {}

    def resolve_key_of_role(key, context):
        if key.lower() in simulated:
            return simulated[key.lower()]
        value = resolve_condition_key(key, context)
        if key.lower() != "aws:principalarn" or not value:
            return value
        session = re.fullmatch(r"(arn:[\w-]+):sts::(\d+):assumed-role/([^/]+)/.*", value)
        return "{}:iam::{}:role/{}".format(*session.groups()) if session else value

    iam_evaluator._resolve_condition_key = resolve_key_of_role

    from ministack.services import iam

    extract_simulate_params = iam._extract_simulate_params
    build_simulate_results = iam._build_simulate_results_real
    entries = {}

    def extract_with_context(params):
        entries.clear()
        for n in range(1, 50):
            entry = f"ContextEntries.member.{n}"
            key = iam._p(params, f"{entry}.ContextKeyName")
            values = [iam._p(params, f"{entry}.ContextKeyValues.member.{m}") for m in range(1, 20)]
            if key:
                entries[key.lower()] = [value for value in values if value]
        return extract_simulate_params(params)

    def build_with_context(*args):
        simulated.update({key: values[0] if len(values) == 1 else values for key, values in entries.items()})
        try:
            return build_simulate_results(*args)
        finally:
            simulated.clear()

    iam._extract_simulate_params = extract_with_context
    iam._build_simulate_results_real = build_with_context

try:
    from ministack.services.cloudformation import provisioners
except ImportError:
    provisioners = None

if provisioners:
    alias_handlers = provisioners._RESOURCE_HANDLERS["AWS::KMS::Alias"]
    create_alias = alias_handlers["create"]

    def create_new_alias(logical_id, props, stack_name):
        name = provisioners._kms_alias_name(props, stack_name, logical_id)
        if provisioners._kms._alias_arn(name) in provisioners._kms._aliases:
            raise ValueError(f"An alias with the name {name} already exists")
        return create_alias(logical_id, props, stack_name)

    alias_handlers["create"] = create_new_alias

if os.environ.get("PATIENT_LOGS"):
    try:
        from ministack.core.lambda_runtime import Worker
    except ImportError:
        Worker = None

    if Worker:
        # How long to wait for the first line, then for a next one, and in all.
        Worker._drain_stderr_bounded.__defaults__ = (0.3, 0.05, 1.0)
