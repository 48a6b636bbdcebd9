import { escapeControl } from '../redact.ts'

/** Who is said to be behind a change. */
export interface Actor {
  /** `api`: a caller that was authenticated. `push`: whom the payload of a push names, which is merely a claim. */
  readonly from: 'api' | 'push'
  readonly name: string
}

const maximumCharacters = 128

/** A name from outside, made safe to store and to show: control characters spelled out, and cut at 128 characters. */
export function createActor(from: Actor['from'], name: string): Actor {
  const characters = [...escapeControl(name.trim().replaceAll(/\s+/g, ' '))]
  return {
    from,
    name:
      characters.length <= maximumCharacters
        ? characters.join('')
        : `${characters.slice(0, maximumCharacters - 1).join('')}…`,
  }
}
