import type { VendorVersion } from "../../api/types";

/** The numbers of the versions that are believed: the head's, and so back to the first. */
export function believed(versions: VendorVersion[], head: number): Set<number> {
  const parents = new Map(versions.map(({ version, parent }) => [version, parent]));
  const chain = new Set<number>();
  for (let at = head; at > 0 && !chain.has(at); at = parents.get(at) ?? 0) chain.add(at);
  return chain;
}

/** The versions that a believed one stands in the place of: a second look found them misread. */
export function amended(versions: VendorVersion[], head: number): Set<number> {
  const chain = believed(versions, head);
  const ours = versions.filter(({ version }) => chain.has(version));
  return new Set(ours.flatMap(({ amends }) => amends ?? []));
}
