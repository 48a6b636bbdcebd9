import { normalizeRepositoryPath } from '../../files/repository-path.ts'
import type { SourceChoice } from '../source.ts'
import { sourceInvalid, sourceUnsupported } from '../source-errors.ts'
import type { ApplicationSource } from './application.ts'

/** The sources of an Application, in each of the ways that they may be given. */
export interface GivenSources {
  readonly source?: ApplicationSource | undefined
  readonly sources: readonly ApplicationSource[]
  readonly sourceHydrator?: { readonly drySource: ApplicationSource } | undefined
}

export interface ChosenSource {
  readonly source: ApplicationSource
  /** Where it stands in the manifest. */
  readonly path: string
  /** Among `spec.sources`; `null` where there is only one, `'dry'` where it is that of a hydrator. */
  readonly index: number | 'dry' | null
}

/** Stands for every source with files. */
export const everySource = '*'

/**
 * The sources of an Application that a config follows. Of several it is the one that the config names, or every one with
 * files of its own; else the only one with files, else the only one whose directory is that of the overlay.
 * @throws {SyncError} SourceInvalid, SourceUnsupported
 */
export function chooseSources(
  spec: GivenSources,
  choice: SourceChoice,
): readonly [ChosenSource, ...ChosenSource[]] {
  if (spec.sourceHydrator) {
    return [{ source: spec.sourceHydrator.drySource, path: 'spec.sourceHydrator.drySource', index: 'dry' }]
  }
  if (spec.sources.length > 0) return chooseOf(spec.sources, choice)
  if (!spec.source) throw sourceInvalid('spec.source', 'is missing')
  return [{ source: spec.source, path: 'spec.source', index: null }]
}

function chooseOf(
  sources: readonly ApplicationSource[],
  choice: SourceChoice,
): readonly [ChosenSource, ...ChosenSource[]] {
  const candidates = sources.map((source, index) => ({ source, path: `spec.sources[${index}]`, index }))
  if (choice.source !== undefined && choice.source !== everySource) {
    return [findNamed(candidates, choice.source)]
  }
  const withFiles = candidates.filter(
    ({ source }) => source.ref === '' || source.path !== '' || source.chart !== '',
  )
  const [first, ...others] = withFiles
  if (!first) throw sourceUnsupported('spec.sources', 'holds only sources that others refer to')
  if (others.length === 0 || choice.source === everySource) return [first, ...others]
  const [found, ...alike] = withFiles.filter(
    ({ source }) => choice.path !== undefined && readDirectory(source) === choice.path,
  )
  if (found && alike.length === 0) return [found]
  throw sourceUnsupported('spec.sources', 'holds more than one source with files, and the config names none')
}

function findNamed(candidates: readonly ChosenSource[], wanted: string): ChosenSource {
  const found =
    candidates.find(({ source }) => source.name === wanted) ??
    candidates.find(({ index }) => String(index) === wanted)
  if (found) return found
  throw sourceUnsupported('spec.sources', 'holds no source of the name or number that the config names')
}

function readDirectory({ path, chart }: ApplicationSource): string | null {
  return path === '' || chart !== '' ? null : normalizeRepositoryPath(path)
}
