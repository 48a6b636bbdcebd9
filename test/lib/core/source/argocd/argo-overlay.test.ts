// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is what is looked for
import { describe, expect, it } from 'vitest'
import {
  directoryBlock,
  kustomizeBlock,
  parseArgoOverlay,
} from '../../../../../lib/core/source/argocd/argo-overlay.ts'
import { catchError } from '../../../../fakes/errors.ts'

const parse = (kustomize?: unknown, directory?: unknown) =>
  parseArgoOverlay(
    {
      ...(kustomize !== undefined && { kustomize: kustomizeBlock.parse(kustomize) }),
      ...(directory !== undefined && { directory: directoryBlock.parse(directory) }),
    },
    'spec.source',
  )

describe('parseArgoOverlay', () => {
  it('reads what bears on Secrets', () => {
    const patches = [{ patch: 'x', target: { kind: 'Secret', name: '' }, options: { allowNameChange: true } }]
    expect(
      parse({ namePrefix: 'p-', commonLabels: { a: 'b' }, patches, images: ['i'], version: 'v5' }),
    ).toEqual({
      by: 'argo',
      namePrefix: 'p-',
      commonLabels: { a: 'b' },
      labelWithoutSelector: false,
      labelIncludeTemplates: false,
      forceCommonLabels: false,
      commonAnnotations: {},
      forceCommonAnnotations: false,
      patches: [
        {
          patch: 'x',
          target: { kind: 'Secret' },
          options: { allowNameChange: true, allowKindChange: false },
        },
      ],
      components: [],
      ignoreMissingComponents: false,
    })
  })

  it.each([
    [undefined, undefined, true],
    [{}, undefined, true],
    [{ commonLabels: {} }, {}, true],
    [undefined, { recurse: false }, true],
    [undefined, { recurse: true }, false],
    [undefined, { include: '*.yaml' }, false],
  ])('lets the directory decide with %j and %j: %s', (kustomize, directory, unlessKustomized) => {
    expect(parse(kustomize, directory)).toMatchObject({ by: 'directory', unlessKustomized })
  })

  it.each([
    [{ namePrefix: 'p' }, { recurse: true }, 'spec.source.directory'],
    [undefined, { jsonnet: { libs: ['l'] } }, 'spec.source.directory.jsonnet'],
    [undefined, { disableExtensionFilter: true }, 'spec.source.directory.disableExtensionFilter'],
    [{ commonLabels: { a: '${ARGOCD_APP_NAME}' } }, undefined, 'spec.source.kustomize.commonLabels'],
    [
      { commonAnnotations: { a: '$ARGOCD_APP_NAME' }, commonAnnotationsEnvsubst: true },
      undefined,
      'spec.source.kustomize.commonAnnotations',
    ],
  ])('does not follow %j and %j', (kustomize, directory, path) => {
    expect(catchError(() => parse(kustomize, directory))).toMatchObject({
      code: 'SourceUnsupported',
      data: { path },
    })
  })

  it('keeps dollars in annotations that are not replaced', () => {
    expect(parse({ commonAnnotations: { a: '$x' } })).toMatchObject({ commonAnnotations: { a: '$x' } })
  })
})
