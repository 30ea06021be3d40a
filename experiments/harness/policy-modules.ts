/**
 * The bundled code of a policy file, brought to life in this thread. Workers use this file and not policy-files.ts,
 * so that they need not load the bundler.
 */

import {
  type MigrationPolicy,
  type OffloadingPolicy,
  type PolicyContext,
  PolicyError,
} from '../../core/index.js';
import { placeOf, thrownText } from './policy-errors.js';
import { type AnyPolicy, addLoaded, type PolicyCode } from './policy-registry.js';
import { counted } from './words.js';

/** What the module of a file exports. */
export async function evaluate({ code }: PolicyCode): Promise<Readonly<Record<string, unknown>>> {
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}

/** The exports that are meant as a policy: the default one, or else every object with a `kind` or a `make`. */
export function policiesIn(module: Readonly<Record<string, unknown>>): readonly unknown[] {
  if ('default' in module) return [module.default];
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
  return Object.values(module).filter((value) => isObject(value) && ('kind' in value || 'make' in value));
}

/** An error of a user's policy, with its place in the file, the policy, the time and what it was about. */
function failure(code: PolicyCode, policy: string, context: PolicyContext, about: string, thrown: unknown) {
  if (thrown instanceof PolicyError) return thrown;
  const place = placeOf(thrown, code);
  const reason = place === undefined ? thrownText(thrown) : `${thrownText(thrown)} (${place})`;
  return new PolicyError(policy, context.view.now, about, reason);
}

/** The policy with every call of its code guarded, so that what it throws names place, time and request. */
function guarded(policy: AnyPolicy, code: PolicyCode): AnyPolicy {
  const { name } = policy;
  const make = <D>(context: PolicyContext, own: () => D): D => {
    try {
      const decide = own();
      if (typeof decide === 'function' || (decide === null && policy.kind === 'migration')) return decide;
      throw new TypeError(`make() returned ${decide}, not a function`);
    } catch (thrown) {
      throw failure(code, name, context, 'make', thrown);
    }
  };
  if (policy.kind === 'migration') {
    const wrapped: MigrationPolicy = {
      ...policy,
      make(context) {
        const decide = make(context, () => policy.make(context));
        if (decide === null) return null;
        return () => {
          try {
            return decide();
          } catch (thrown) {
            throw failure(code, name, context, 'migration', thrown);
          }
        };
      },
    };
    return wrapped;
  }
  const wrapped: OffloadingPolicy = {
    ...policy,
    make(context) {
      const decide = make(context, () => policy.make(context));
      return (request) => {
        try {
          return decide(request);
        } catch (thrown) {
          const { function: f, node, offloads } = request;
          const about = `request of function ${f} at node ${node} after ${counted(offloads, 'offload')}`;
          throw failure(code, name, context, about, thrown);
        }
      };
    },
    ...(policy.explain === undefined ? {} : { explain: guardedExplain(policy, code) }),
  };
  return wrapped;
}

/** The explanations of a policy, with what they throw told as what the policy itself throws. */
function guardedExplain(policy: OffloadingPolicy, code: PolicyCode): OffloadingPolicy['explain'] {
  return (context) => {
    const guard = <Result>(own: () => Result): Result => {
      try {
        return own();
      } catch (thrown) {
        throw failure(code, policy.name, context, 'explain', thrown);
      }
    };
    const explain = guard(() => policy.explain!(context));
    return (request, decision) =>
      guard(() => {
        const explanation = explain(request, decision);
        const isWhole =
          Array.isArray(explanation?.candidates) &&
          explanation.candidates.every((candidate) => Array.isArray(candidate?.values));
        if (!isWhole) throw new TypeError('the explanation has no list of candidates with lists of values');
        return explanation;
      });
  };
}

/** Makes a policy that was found in a file known under the path of the file. */
export function register(code: PolicyCode, policy: AnyPolicy): void {
  addLoaded({ ...code, policy: guarded(policy, code) });
}

/** Has the policies of files in this thread; they have been checked where they were bundled. */
export async function registerAll(all: readonly PolicyCode[]): Promise<void> {
  for (const code of all) register(code, policiesIn(await evaluate(code))[0] as AnyPolicy);
}
