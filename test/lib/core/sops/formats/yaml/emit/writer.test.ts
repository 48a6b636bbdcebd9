import { describe, expect, it } from 'vitest'
import {
  createYamlWriter,
  type YamlWriter,
} from '../../../../../../../lib/core/sops/formats/yaml/emit/writer.ts'

function write(work: (writer: YamlWriter) => void): string {
  const writer = createYamlWriter()
  work(writer)
  return writer.text()
}

describe('a YAML writer', () => {
  it('parts tokens by spaces, and marks nothing', () => {
    const text = write((writer) => {
      writer.startLine(0)
      writer.mark('-')
      writer.startLine(2)
      writer.mark('-')
      writer.token('a')
      writer.attach(':')
      writer.open('{')
      writer.attach('}')
      writer.startLine(2)
      writer.token('b')
      writer.startLine(-1)
    })
    expect(text).toBe('- - a: {}\n  b\n')
  })

  it('indents what follows any break', () => {
    const text = write((writer) => {
      writer.token("'")
      writer.continued('a\u2028b', 4)
      writer.attach("'")
      writer.startLine(0)
      writer.token('|')
      writer.block('c\n\nd\n', 4)
      writer.startLine(0)
      writer.token('e')
    })
    expect(text).toBe("'a\u2028    b'\n|\n    c\n\n    d\ne")
  })

  it('marks each line of a comment, and ends its line', () => {
    const text = write((writer) => {
      writer.token('a')
      writer.comment('#b\nc\n#d', 2)
      writer.token('e')
    })
    expect(text).toBe('a #b\n  # c\n  #d\ne')
  })

  it('leaves a blank line where it was told to', () => {
    const text = write((writer) => {
      writer.comment('#a', 2)
      writer.separate(2)
      writer.startLine(2)
      writer.token('b')
      writer.separate(0)
      writer.separate(-1)
      writer.startLine(0)
      writer.token('c')
    })
    expect(text).toBe('#a\n\n  b\nc')
  })
})
