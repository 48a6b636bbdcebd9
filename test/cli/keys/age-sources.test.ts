import { expect, it } from 'vitest'
import { listNamedAgeFiles, listUsualAgeFiles } from '../../../cli/keys/age-sources.ts'

it('takes the files that the variables of sops name', () => {
  const environment = { SOPS_AGE_KEY_FILE: '/a', SOPS_AGE_SSH_PRIVATE_KEY_FILE: '/b', SOPS_AGE_KEY: 'x' }
  expect(listNamedAgeFiles(environment)).toEqual(['/a', '/b'])
  expect(listNamedAgeFiles({ SOPS_AGE_KEY_FILE: '' })).toEqual([])
})

it.each([
  [{ HOME: '/h' }, 'linux', ['/h/.ssh/id_ed25519', '/h/.ssh/id_rsa', '/h/.config/sops/age/keys.txt']],
  [
    { HOME: '/h', XDG_CONFIG_HOME: '/x' },
    'linux',
    ['/h/.ssh/id_ed25519', '/h/.ssh/id_rsa', '/x/sops/age/keys.txt'],
  ],
  [
    { HOME: '/h', XDG_CONFIG_HOME: '/x' },
    'darwin',
    ['/h/.ssh/id_ed25519', '/h/.ssh/id_rsa', '/x/sops/age/keys.txt'],
  ],
  [
    { HOME: '/h' },
    'darwin',
    ['/h/.ssh/id_ed25519', '/h/.ssh/id_rsa', '/h/Library/Application Support/sops/age/keys.txt'],
  ],
  [{}, 'linux', []],
] as const)('looks with %j on %s where sops looks', (environment, platform, files) => {
  expect(listUsualAgeFiles(environment, platform)).toEqual(files)
})
