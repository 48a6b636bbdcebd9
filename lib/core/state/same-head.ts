import { digestJson } from '../config/digest.ts'
import type { ConfigHead } from './records.ts'

/** Whether two heads say the same but for when the looks behind them were: then the later one need not be written. */
export function saysTheSame(before: ConfigHead, after: ConfigHead): boolean {
  return digestJson(withoutTimes(before)) === digestJson(withoutTimes(after))
}

function withoutTimes({ lookedAt: _, attempt: __, applied, status, ...head }: ConfigHead): unknown {
  const { lastReconcileTime: ___, ...rest } = status
  const mark = applied && { ...applied, appliedAt: undefined }
  return { ...head, applied: mark, status: rest }
}
