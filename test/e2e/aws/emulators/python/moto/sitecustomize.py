"""Mends what moto 5.2.5 gets wrong; Python loads it through PYTHONPATH before moto itself.

- A moved AWSCURRENT: moto goes on to take the version before for the current one, so that the next PutSecretValue
  leaves the label on two versions.
"""
from moto.secretsmanager.models import SecretsManagerBackend

update_secret_version_stage = SecretsManagerBackend.update_secret_version_stage


def move_default_too(self, secret_id, version_stage, remove_from_version_id, move_to_version_id):
    moved = update_secret_version_stage(
        self, secret_id, version_stage, remove_from_version_id, move_to_version_id
    )
    if version_stage == "AWSCURRENT" and move_to_version_id:
        self.secrets[secret_id].set_default_version_id(move_to_version_id)
    return moved


SecretsManagerBackend.update_secret_version_stage = move_default_too
