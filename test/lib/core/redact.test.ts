import { describe, expect, it } from 'vitest'
import { escapeControl, redactUrl } from '../../../lib/core/redact.ts'

describe('redactUrl', () => {
  it.each([
    ['https://u:p@host/path', 'https://host/path'],
    ['see https://token@host:8443/a.git?x=1#f now', 'see https://host:8443/a.git now'],
    ['ssh://git@host/o/r', 'ssh://host/o/r'],
    ['https://host/@scope/x', 'https://host/@scope/x'],
    ['no url here', 'no url here'],
  ])('%s becomes %s', (text, expected) => {
    expect(redactUrl(text)).toBe(expected)
  })
})

describe('escapeControl', () => {
  it.each([
    ['main', 'main'],
    ['a\u001b[31mred', 'a\\u001b[31mred'],
    ['bell\u0007', 'bell\\u0007'],
    ['\u202eevil', '\\u202eevil'],
    ['line\nbreak\ttab', 'line\nbreak\ttab'],
  ])('spells out %j', (text, expected) => {
    expect(escapeControl(text)).toBe(expected)
  })
})
