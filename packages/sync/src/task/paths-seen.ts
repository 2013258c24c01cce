import type { Descriptions } from '../preflight/index.js';

interface Reader {
  readonly source: string;
  readonly paths: readonly string[];
}

/**
 * What tasks read of the rows of an entity through lookups that lead to it: of an order, `ordernumber`, where its lines
 * read `salesorderid.ordernumber`, also where only the milestones of the lines do. Undefined where it is not known where
 * a lookup leads.
 */
export function pathsSeen(entity: string, tasks: readonly Reader[], sources: Descriptions): string[] | undefined {
  const seen = new Set<string>();
  // Every step is one lookup shorter.
  for (let open = tasks; open.length > 0;) {
    const behind: Reader[] = [];
    for (const { source, paths } of open) {
      for (const path of paths) {
        const dot = path.indexOf('.');
        if (dot < 0) continue;
        const lookups = sources.get(source)?.lookups;
        if (!lookups) return undefined;
        for (const target of lookups.get(path.slice(0, dot)) ?? []) {
          behind.push({ source: target, paths: [path.slice(dot + 1)] });
        }
      }
    }
    for (const { source, paths } of behind) if (source === entity) for (const path of paths) seen.add(path);
    open = behind.filter(({ source }) => tasks.some((task) => task.source === source));
  }
  return [...seen].sort();
}
