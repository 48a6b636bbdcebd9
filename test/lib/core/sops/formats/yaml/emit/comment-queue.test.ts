import { expect, it } from 'vitest'
import { createCommentQueue } from '../../../../../../../lib/core/sops/formats/yaml/emit/comment-queue.ts'
import { createYamlWriter } from '../../../../../../../lib/core/sops/formats/yaml/emit/writer.ts'

function createQueue() {
  const writer = createYamlWriter()
  return { writer, queue: createCommentQueue(writer) }
}

it('writes the tail of what ended above the head of what comes', () => {
  const { writer, queue } = createQueue()
  queue.add({ tail: '#t', head: '#h' })
  queue.writeHead(2)
  queue.writeHead(2)
  expect(writer.text()).toBe('  #t\n\n  #h\n')
})

it('keeps one comment of a kind: a later one takes its place, an empty one does not', () => {
  const { writer, queue } = createQueue()
  queue.add({ head: '#a' })
  queue.add({ head: '' })
  queue.add({ head: '#b' })
  queue.add({})
  queue.writeHead(-1)
  expect(writer.text()).toBe('#b\n')
})

it('writes line comments behind, and foot comments below', () => {
  const { writer, queue } = createQueue()
  queue.add({ line: '#l', foot: '#f' })
  writer.token('a')
  queue.writeLine(0)
  queue.writeFoot(2)
  writer.startLine(2)
  writer.token('b')
  expect(writer.text()).toBe('a #l\n  #f\n\n  b')
})
