/** The columns of each table: made anew for the language in use. Pure. */
import { heading, number, percent, span } from '../../base/format.ts';
import { t } from '../../base/i18n.svelte.ts';
import type { Chart, Person, View } from '../../session/model.ts';
import type { Column } from '../../widgets/table.ts';
import { fate, type GroupRow, type PowerRow, type ShipRow } from './rows.ts';

export function powerColumns(): Column<PowerRow>[] {
  return [
    { key: 'power', title: t('col.power'), text: (row) => heading(row.name) },
    { key: 'side', title: t('col.side'), text: (row) => t(`side.${row.side}`) },
    {
      key: 'groups',
      title: t('col.groups'),
      text: (row) => number(row.groups),
      value: (row) => row.groups,
      align: 'right',
    },
    {
      key: 'ships',
      title: t('col.ships'),
      text: (row) => number(row.ships),
      value: (row) => row.ships,
      align: 'right',
    },
    { key: 'roles', title: t('col.roles'), text: (row) => row.roles },
  ];
}

export function groupColumns(): Column<GroupRow>[] {
  return [
    { key: 'name', title: t('col.group'), text: (row) => heading(row.name) },
    { key: 'power', title: t('col.power'), text: (row) => row.power },
    { key: 'side', title: t('col.side'), text: (row) => t(`side.${row.side}`) },
    { key: 'place', title: t('col.place'), text: (row) => heading(row.place) },
    {
      key: 'ships',
      title: t('col.ships'),
      text: (row) => number(row.ships),
      value: (row) => row.ships,
      align: 'right',
    },
    {
      key: 'lost',
      title: t('col.lost'),
      text: (row) => (row.opening > row.ships ? number(row.opening - row.ships) : ''),
      value: (row) => row.opening - row.ships,
      align: 'right',
    },
    {
      key: 'shields',
      title: t('col.shields'),
      text: (row) => (row.shields < 0 ? '' : percent(row.shields)),
      value: (row) => row.shields,
      align: 'right',
    },
    {
      key: 'hull',
      title: t('col.hull'),
      text: (row) => (row.hull < 0 ? '' : percent(row.hull)),
      value: (row) => row.hull,
      align: 'right',
    },
    { key: 'doing', title: t('col.doing'), text: (row) => row.doing },
    {
      key: 'seen',
      title: t('col.seen'),
      text: (row) =>
        row.age_s > 60 ? t('chart.ago', { span: span(row.age_s) }) : t('contact.now'),
      value: (row) => row.age_s,
    },
  ];
}

export function shipColumns(): Column<ShipRow>[] {
  return [
    { key: 'name', title: t('col.ship'), text: (row) => heading(row.name) },
    { key: 'class', title: t('col.class'), text: (row) => row.className },
    { key: 'role', title: t('col.role'), text: (row) => row.role },
    { key: 'group', title: t('col.group'), text: (row) => heading(row.group.name) },
    { key: 'place', title: t('col.place'), text: (row) => heading(row.place) },
    { key: 'status', title: t('col.state'), text: (row) => row.status },
    {
      key: 'people',
      title: t('col.people'),
      text: (row) => number(row.ship.people),
      value: (row) => row.ship.people,
      align: 'right',
    },
    {
      key: 'skill',
      title: t('col.skill'),
      text: (row) => percent(row.ship.skill_permille),
      value: (row) => row.ship.skill_permille,
      align: 'right',
    },
    {
      key: 'shields',
      title: t('col.shields'),
      text: (row) => percent(row.shields),
      value: (row) => row.shields,
      align: 'right',
    },
    {
      key: 'hull',
      title: t('col.hull'),
      text: (row) => percent(row.hull),
      value: (row) => row.hull,
      align: 'right',
    },
    {
      key: 'wounds',
      title: t('col.wounds'),
      text: (row) => row.wounds,
      value: (row) => row.broken,
    },
  ];
}

export function personColumns(chart: Chart, view: View): Column<Person>[] {
  return [
    { key: 'name', title: t('col.name'), text: (row) => row.name },
    { key: 'role', title: t('col.role'), text: (row) => row.role },
    {
      key: 'fate',
      title: t('col.state'),
      text: (row) => fate(chart, view, row),
    },
    {
      key: 'wounds',
      title: t('col.wounds'),
      text: (row) => (row.wounds_permille ? percent(row.wounds_permille) : ''),
      value: (row) => row.wounds_permille,
      align: 'right',
    },
  ];
}
