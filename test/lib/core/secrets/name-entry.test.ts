import { describe, expect, it } from 'vitest'
import { nameEntry } from '../../../../lib/core/secrets/name-entry.ts'
import { type NameTemplate, parseNameTemplate } from '../../../../lib/core/secrets/name-template.ts'

const template = (text: string): NameTemplate => parseNameTemplate(text) ?? []
const config = (secrets: object) => ({ namespace: 'shop', secrets: { environment: 'prod', ...secrets } })
const entry = { prefix: 'svc', object: 'db', key: 'DB.URL' }
const whole = { prefix: 'svc', object: 'db' }

describe('nameEntry', () => {
  it('names as the original controller does, the object standing for a missing key', () => {
    expect(nameEntry(config({ suffix: '-prod' }), entry)).toBe('svc-DB_URL-prod')
    expect(nameEntry(config({ suffix: '-prod' }), whole)).toBe('svc-db-prod')
  })

  it('names by the template where there is one', () => {
    const nameTemplate = template('{{environment}}/{{namespace}}/{{prefix}}/{{name}}.{{key}}{{suffix}}')
    expect(nameEntry(config({ nameTemplate }), entry)).toBe('prod/shop/svc/db.DB.URL')
    const short = template('{{name}}@{{suffix}}')
    expect(nameEntry(config({ nameTemplate: short, suffix: 'x' }), whole)).toBe('db@x')
  })
})
