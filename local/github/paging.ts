/** 30 items by default, 100 at most (https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api). */
const sizeOf = (query: URLSearchParams): number => {
  const asked = Number(query.get('per_page') ?? 30);
  return asked >= 1 ? Math.min(asked, 100) : 30;
};

export interface Page<T> {
  readonly items: readonly T[];
  /** `link` with the next and the last page; empty on the last. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A page of the items. `url` is the list's own, with its query. */
export const githubPage = <T>(items: readonly T[], url: URL): Page<T> => {
  const size = sizeOf(url.searchParams);
  const number = Math.max(1, Number(url.searchParams.get('page') ?? 1));
  const last = Math.max(1, Math.ceil(items.length / size));
  const linkTo = (page: number, relation: string): string => {
    const target = new URL(url);
    target.searchParams.set('page', String(page));
    return `<${target.href}>; rel="${relation}"`;
  };
  return {
    items: items.slice((number - 1) * size, number * size),
    headers: number >= last ? {} : { link: `${linkTo(number + 1, 'next')}, ${linkTo(last, 'last')}` },
  };
};
