// Whether a value has the form a schema asks for: compiled for speed, explained in words when not.
import { Ajv } from 'ajv';
import type { TSchema } from 'typebox';
import type { Issue } from '../core/result.js';
import { explainForm } from './explain.js';
import { pathText } from './issues.js';
import { plainSchema } from './schema.js';

/** A checker that returns every problem of form; the schema is compiled at the first use. */
export function formChecker(schema: TSchema): (value: unknown) => readonly Issue[] {
  let fits: ((value: unknown) => boolean) | undefined;
  const plain = plainSchema(schema);
  return (value) => {
    fits ??= new Ajv({ strict: false }).compile(plain);
    if (fits(value)) return [];
    return explainForm(plain, value).map(({ path, message, hint }) => ({
      path: pathText(path),
      message,
      ...(hint === undefined ? {} : { hint }),
    }));
  };
}
