"""The document of `vod spec openapi` against the rules of OpenAPI 3.1, and each example in it against its schema.

    openapi.py PATH_OF_VOD

Needs openapi-spec-validator.
"""

import json
import subprocess
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


def main(vod):
    document = json.loads(subprocess.run([vod, "spec", "openapi"], capture_output=True, check=True).stdout)
    # The whole validator resolves each reference anew for each operation; a part of the operations has all kinds.
    some = ["PullEvents", "ConfirmEvents", "ProcessMedia", "DescribeMediaInfos", "CreateTranscodeTemplate"]
    command = [vod, "spec", "openapi", "--only", ",".join(some)]
    part = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    problems = [str(error.message)[:300] for error in OpenAPIV31SpecValidator(part).iter_errors()]
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:document", resource)
    checked = 0
    for path, item in document["paths"].items():
        operation = item["post"]
        contents = [("request", operation["requestBody"]["content"])]
        contents += [("answer", answer["content"]) for answer in operation["responses"].values()]
        for side, content in contents:
            content = content["application/json"]
            schema = json.loads(json.dumps(content["schema"]).replace('"#/', '"urn:document#/'))
            validator = Draft202012Validator(schema, registry=registry)
            for number, example in content.get("examples", {}).items():
                checked += 1
                for error in validator.iter_errors(example["value"]):
                    problems.append(f"{path} {side} {number}: {error.json_path}: {error.message[:200]}")
    print(f"{checked} examples checked, {len(problems)} problems")
    for problem in problems[:40]:
        print("   ", problem)
    return 1 if problems or checked < 500 else 0


sys.exit(main(sys.argv[1]))
