/** What a table shows: columns over rows of one kind. Sorting and searching are pure and tested. */
export interface Column<Row> {
  key: string;
  title: string;
  /** What is written. */
  text: (row: Row) => string;
  /** What is sorted by, where that is not the text. */
  value?: (row: Row) => number | string;
  align?: 'right';
  width?: string;
}

export interface Sort {
  key: string;
  down: boolean;
}

/** Every word must be found in some column. `name:word` looks in one column, `>` and `<` compare numbers. */
export function matches<Row>(row: Row, columns: readonly Column<Row>[], search: string): boolean {
  const words = search.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => {
    const test = /^(\w+)([:<>])(.+)$/.exec(word);
    const column = test && columns.find((one) => one.key === test[1]);
    if (test && column) {
      const wanted = test[3] ?? '';
      if (test[2] === ':') return column.text(row).toLocaleLowerCase().includes(wanted);
      const value = Number(column.value?.(row) ?? column.text(row));
      return test[2] === '>' ? value > Number(wanted) : value < Number(wanted);
    }
    return columns.some((one) => one.text(row).toLocaleLowerCase().includes(word));
  });
}

export function arranged<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
  search: string,
): Row[] {
  const kept = search.trim() ? rows.filter((row) => matches(row, columns, search)) : [...rows];
  const column = sort && columns.find((one) => one.key === sort.key);
  if (!column) return kept;
  const value = (row: Row) => column.value?.(row) ?? column.text(row);
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const compared = (a: Row, b: Row) => {
    const [x, y] = [value(a), value(b)];
    return typeof x === 'number' && typeof y === 'number'
      ? x - y
      : collator.compare(String(x), String(y));
  };
  return kept
    .map((row, place) => ({ row, place }))
    .sort(
      (a, b) => (sort.down ? compared(b.row, a.row) : compared(a.row, b.row)) || a.place - b.place,
    )
    .map(({ row }) => row);
}
