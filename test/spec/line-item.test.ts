// Line items: what the checker says of wrong ones, and what calls that are given them do.
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/core/json.js';
import { must } from '../../src/core/errors.js';
import { interpret, violatedGuards } from '../../src/spec/interpret.js';
import { idSlots } from '../../src/spec/id-slots.js';
import { itemKey } from '../../src/spec/line-item.js';
import { stateSource } from '../../src/spec/state-source.js';
import type { State } from '../../src/spec/state.js';
import { seedState } from '../../src/world/seed.js';
import { flowerStallDomain, problemsAt } from './flower-stall.js';

const fields = 'plant: Plant, pot: {ref: Pot, optional: true}';
const quantity = 'quantity: {type: int, min: 1, max: 4, default: 1}';
const inFields = 'tools.fill_basket.params.lines.list';
const least = 'min(line in lines: line.plant.stock)';

// [piece of the spec, what stands there instead, the first that the checker says]
const cases: readonly (readonly [from: string, to: string, says: string])[] = [
  [
    fields,
    fields.replace(': Plant', ': Plnt'),
    `${inFields}.plant: there is no entity 'Plnt' (did you mean 'Plant'?)`,
  ],
  [
    fields,
    fields.replace('plant:', 'plant_id:'),
    `${inFields}.plant_id: a field is called after its row, whose id is passed as 'plant_id' (did you mean 'plant'?)`,
  ],
  [fields, `${fields}, id: Pot`, `${inFields}.id: a field cannot be called 'id': it is the key of a row`],
  [
    fields,
    `${fields}, constructor: {type: int}`,
    `${inFields}.constructor: a field cannot be called 'constructor': it `,
  ],
  [
    fields,
    `${fields}, pot_id: {type: string}`,
    `${inFields}.pot_id: 'pot_id' and 'pot' would both be passed as 'pot_id'`,
  ],
  [
    quantity,
    quantity.replace('type', 'typ'),
    `${inFields}.quantity: one of type, ref, attr, enum is missing (did you mean 'type'?)`,
  ],
  [
    quantity,
    quantity.replace('int', 'itn'),
    `${inFields}.quantity.type: 'itn' is not one of string, text, int, money, bool, date, datetime, enum`,
  ],
  [quantity, 'quantity: {list: Plant}', `${inFields}.quantity: one of type, ref, attr, enum is missing`],
  [
    quantity,
    quantity.replace('quantity', 'Quantity'),
    `${inFields}.Quantity: 'Quantity' is no good name: it is written in lower case, words joined by _, beginning with a letter`,
  ],
  [
    quantity,
    quantity.replace('default: 1', 'default: one'),
    `${inFields}.quantity.default: this is a string where an int is wanted`,
  ],
  [
    `${fields}, ${quantity}`,
    '',
    `${inFields}: a line item needs fields (as in list: {model: Model, quantity: {type: int}})`,
  ],
  [
    `{${fields}, ${quantity}}`,
    '{enm: [red, blue]}',
    `${inFields}: one of type, ref, attr, enum is missing (did you mean 'enum'?)`,
  ],
  [
    'line.plant.stock >= line.quantity',
    'line.plant.stock >= line.quantty',
    "tools.fill_basket.require[0][0]: a line item has no 'quantty' here (did you mean 'quantity'?)",
  ],
  [
    'basket.fee + line.pot.price',
    'basket.fee + line.pot_id.price',
    "tools.fill_basket.do[1].do[2].then[0].set[\"basket.fee\"]: a line item has no 'pot_id' here (did you mean 'pot'?)",
  ],
  [
    'if: line.pot != null',
    'if: wrap',
    'tools.fill_basket.do[1].do[2].then[0].set["basket.fee"]: \'line.pot\' may be null (prove it first, as in line.pot != null and …)',
  ],
  [
    least,
    'first(line in lines)',
    'tools.fill_basket.return.first: first gives a row or a value, and a line item is neither',
  ],
  [
    least,
    'lines',
    'tools.fill_basket.return.first: a list of line items cannot be returned (return what was made of them)',
  ],
  [
    least,
    'list(line in lines)',
    "tools.fill_basket.return.first: list needs a value after ':' where it runs over line items (as in list(x in …: x.quantity))",
  ],
  [
    least,
    'count(Plant p where p in lines)',
    'tools.fill_basket.return.first: a Plant is in no list of a line item',
  ],
  [
    'default: false}\n    require',
    'default: maybe}\n    require',
    'tools.fill_basket.params.wrap.default: this is a string where true or false is wanted',
  ],
];

describe('what is wrong with line items', () => {
  it.each(cases)('%s → %s', (from, to, says) => {
    const [first] = problemsAt([from, to]);
    expect(first).toContain(says);
  });

  it('is said once, of the one tool that is wrong', () => {
    expect(problemsAt([quantity, quantity.replace('type', 'typ')])).toHaveLength(1);
  });
});

const domain = flowerStallDomain();
const tool = must(
  domain.tools.find(({ name }) => name === 'fill_basket'),
  'the tool',
);
const seeded = seedState(domain, 5);
if (!seeded.ok) throw new Error('no seed state');
const state: State = seeded.value;
const rows = (entity: string, at: State = state): readonly JsonObject[] => at.tables[entity] ?? [];
const row = (entity: string, at: number): JsonObject => must(rows(entity)[at], `${entity} ${at}`);
const enough = rows('Plant').filter(({ stock, shade }) => Number(stock) > 2 && shade !== 'full');
const [rose, sage] = [must(enough[0], 'a plant'), must(enough[1], 'another')];
const buyer = JSON.stringify(row('Buyer', 0)['buyer_id']).slice(1, -1);
const pot = row('Pot', 0);

function fill(lines: readonly Json[], more: JsonObject = {}): ReturnType<typeof interpret> {
  return interpret(domain, state, 'fill_basket', { buyer_id: buyer, lines, ...more });
}
const line = (plant: JsonObject, others: JsonObject = {}): JsonObject => ({
  plant_id: plant['plant_id'] ?? '',
  ...others,
});

describe('a call with line items', () => {
  it('makes a row for each line, and works with their rows and values', () => {
    const end = fill([line(rose, { quantity: 2, pot_id: pot['pot_id'] ?? '' }), line(sage)]);
    const [first, second] = rows('Item', end.state).slice(-2);
    expect(first).toMatchObject({ plant_id: rose['plant_id'], pot_id: pot['pot_id'], quantity: 2 });
    expect(second).toMatchObject({ plant_id: sage['plant_id'], pot_id: null, quantity: 1 });
    const left = rows('Plant', end.state).filter((_, at) => [rose, sage].includes(row('Plant', at)));
    expect(left.map(({ stock }) => stock)).toEqual([Number(rose['stock']) - 2, Number(sage['stock']) - 1]);
    const fee = Number(rose['price']) * 2 + Number(sage['price']) + Number(pot['price']);
    expect(end.reply).toMatchObject({ type: 'result', value: { basket: { fee, wrapped: false } } });
  });

  it('is refused for the first line without a row, in declared order of its fields', () => {
    expect(fill([line(rose), { plant_id: 'PL-00000', pot_id: 'PO-00000' }]).reply).toEqual({
      type: 'refusal',
      code: 'PLANT_NOT_FOUND',
      message: 'No plant PL-00000.',
    });
    expect(fill([line(rose, { pot_id: 'PO-00000' }), { plant_id: 'PL-00000' }]).reply).toMatchObject({
      code: 'POT_NOT_FOUND',
    });
  });

  it('is refused when two lines name the same rows, whatever else they say', () => {
    expect(fill([line(rose), line(sage), line(rose, { quantity: 3 })]).reply).toEqual({
      type: 'refusal',
      code: 'DUPLICATE_LINES',
      message: 'Two of the lines name the same plant and pot.',
    });
    const inPots = [line(rose), line(rose, { pot_id: pot['pot_id'] ?? '' })];
    expect(fill(inPots).reply.type).toBe('result');
  });

  it('is judged by guards that look through the lines', () => {
    const shady = must(
      rows('Plant').find(({ shade }) => shade === 'full'),
      'a plant for shade',
    );
    const judge = (quantity: number): readonly string[] =>
      violatedGuards(
        domain,
        'fill_basket',
        { buyer_id: buyer, lines: [line(sage), line(shady, { quantity })] },
        buyer,
        stateSource(state),
      );
    expect([judge(2), judge(3)]).toEqual([[], ['shady']]);
  });
});

describe('the ids in line items', () => {
  const [, lines] = tool.params;
  const slots = lines === undefined ? [] : idSlots(lines);

  it('are places of their own, which can be filled anew', () => {
    expect(slots.map(({ name, entity, optional }) => [name, entity, optional])).toEqual([
      ['lines.plant_id', 'Plant', false],
      ['lines.pot_id', 'Pot', true],
    ]);
    const [plant, inPot] = slots;
    const value = [
      { plant_id: 'PL-1', quantity: 2 },
      { plant_id: 'PL-2', pot_id: 'PO-1' },
    ];
    expect(plant?.ids(value)).toEqual(['PL-1', 'PL-2']);
    expect(inPot?.ids(value)).toEqual(['PO-1']);
    expect(plant?.put(value, 'PL-9')).toEqual([value[0], { plant_id: 'PL-9', pot_id: 'PO-1' }]);
  });

  it('tell lines apart, and not their values', () => {
    const type = lines?.type.kind === 'list' ? lines.type.item : undefined;
    const key = (value: Json): string => (type === undefined ? '' : itemKey(type, value));
    expect(key({ plant_id: 'PL-1', quantity: 1 })).toBe(key({ plant_id: 'PL-1', quantity: 2 }));
    expect(key({ plant_id: 'PL-1' })).not.toBe(key({ plant_id: 'PL-1', pot_id: 'PO-1' }));
  });
});
