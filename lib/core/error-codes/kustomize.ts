import { type ErrorTable, stall } from './entry.ts'

/** Why an overlay is not built; every refusal names the file and, where there is one, the field. */
export const kustomizeErrors = {
  KustomizationNotFound: stall(
    422,
    'The directory holds no kustomization file, or more than one.',
    'Keep exactly one kustomization.yaml in the directory.',
  ),
  KustomizationInvalid: stall(
    422,
    'A kustomization file, or a file that it names, is malformed.',
    '`kustomize build` on the directory shows the same; correct the named field.',
  ),
  KustomizeFieldUnsupported: stall(
    422,
    'The overlay uses a field that could change a Secret and is not supported.',
    'Do the same with a supported field, or build the overlay in CI.',
  ),
  KustomizeRemoteForbidden: stall(
    422,
    'The overlay refers to something outside the repository.',
    'Copy the remote base into the repository.',
  ),
  KustomizeReferenceMissing: stall(
    422,
    'The overlay refers to a file, directory or object that does not exist.',
    'Correct the reference, or commit what it names.',
  ),
  KustomizeReferenceOutside: stall(
    422,
    'The overlay refers to a file outside the directory of its kustomization.',
    'Move the file there, or make a base of the directory that holds it.',
  ),
  KustomizeCycle: stall(
    422,
    'The overlay includes itself.',
    'Break the cycle between the named directories.',
  ),
  KustomizeConflict: stall(
    422,
    'Two objects of the overlay have the same id, or a patch matches more than one.',
    'Rename one of them, or make the target of the patch unique.',
  ),
  KustomizePatchFailed: stall(
    422,
    'A patch cannot be applied.',
    'Check the patch against the object that it targets.',
  ),
  KustomizeReplacementFailed: stall(
    422,
    'A replacement cannot be made.',
    'Check its source, its targets and their field paths against the objects of the overlay.',
  ),
  SubstitutionFailed: stall(
    422,
    'A variable in a built object cannot be replaced.',
    'Check the expression against `spec.postBuild` of the Kustomization; two dollars stand for one.',
  ),
  KustomizeTooLarge: stall(
    422,
    'The overlay exceeds a limit on layers, objects, nodes or bytes.',
    'Split the overlay; aliases and repeated bases multiply.',
  ),
  ManifestInvalid: stall(
    422,
    'A resource file of the overlay is malformed.',
    '`kustomize build` on the directory shows the same; correct the named file.',
  ),
  PatternInvalid: stall(
    422,
    'A regular expression or selector cannot be read.',
    'Use RE2 syntax: no look-around and no back-references.',
  ),
} as const satisfies ErrorTable
