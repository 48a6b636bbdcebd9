import { normalizeRepositoryPath } from '../../files/repository-path.ts'
import {
  hasPlaceholder,
  type NameTemplate,
  parseNameTemplate,
  placeholders,
} from '../../secrets/name-template.ts'
import type { SecretsSpec } from '../config.ts'
import { configInvalid } from './config-invalid.ts'
import type { Spec } from './config-schema.ts'

/**
 * Where the values of a config come from and what they become. An empty text counts as not set.
 * @param ownNamespace of the config, which a reference without one means
 * @throws {SyncError} ConfigInvalid
 */
export function parseSecrets(secrets: Spec['secrets'], ownNamespace: string): SecretsSpec {
  const { environment, kustomizePath, kustomization, basePath, prefix, suffix, layout, nameTemplate } =
    secrets
  return {
    environment,
    ...(kustomizePath && { kustomizePath: parsePath(kustomizePath, 'spec.secrets.kustomizePath') }),
    ...(kustomization && {
      kustomization: { name: kustomization.name, namespace: kustomization.namespace ?? ownNamespace },
    }),
    ...(basePath && { basePath: parsePath(basePath, 'spec.secrets.basePath') }),
    ...(prefix && { prefix }),
    ...(suffix && { suffix }),
    layout,
    ...(nameTemplate && { nameTemplate: parseTemplate(nameTemplate, layout) }),
  }
}

const templateField = 'spec.secrets.nameTemplate'

function parseTemplate(text: string, layout: Spec['secrets']['layout']): NameTemplate {
  const template = parseNameTemplate(text)
  if (!template) {
    const known = placeholders.map((placeholder) => `{{${placeholder}}}`).join(', ')
    throw configInvalid(templateField, `must consist of ${known} and characters that a name takes`)
  }
  if (layout === 'secret' && hasPlaceholder(template, 'key')) {
    throw configInvalid(templateField, 'must not hold {{key}} where the layout is one secret for all keys')
  }
  return template
}

function parsePath(text: string, field: string): string {
  const path = normalizeRepositoryPath(text)
  if (path === null) throw configInvalid(field, 'must be a relative path that stays inside the repository')
  return path
}
