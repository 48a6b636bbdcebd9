import type { ClusterAdmin } from '../control-plane/admin.ts'

const tableKind = 'application/json;as=Table;v=v1;g=meta.k8s.io'

interface Table {
  readonly columnDefinitions: readonly { readonly name: string }[]
  readonly rows: readonly { readonly cells: readonly unknown[] }[]
}

/** The rows of `kubectl get smc`, which the API server makes of the columns of the kind and kubectl only lays out. */
export async function readConfigTable(
  admin: ClusterAdmin,
  namespace: string,
): Promise<Readonly<Record<string, unknown>>[]> {
  const path = `/apis/secret-management.octopilot.io/v1beta1/namespaces/${namespace}/secretmanagerconfigs`
  const { body } = await admin.request('GET', path, { accept: tableKind })
  const { columnDefinitions, rows } = body as Table
  return rows.map(({ cells }) =>
    Object.fromEntries(columnDefinitions.map(({ name }, n) => [name, cells[n]] as const)),
  )
}
