import { describe, expect, it } from 'vitest';
import { expectProblems, problemsOf, scenario } from './load.js';

describe('broken YAML: the first mistake only', () => {
  it.each([
    ['podtwin: 1\nname: [x\nduration: 3\n', '3:1: broken YAML: Flow sequence in block collection must be sufficiently'],
    ['podtwin: 1\nzones:\n\t- a\n', '3:1: broken YAML: Tabs are not allowed as indentation; indent with spaces'],
    [
      'podtwin: 1\nabout: one: two\n',
      "2:8: broken YAML: Nested mappings are not allowed in compact mappings; a text that contains ': ' must stand in quotes",
    ],
    ['podtwin: 1\n---\nname: x\n', '2:1: broken YAML: a scenario file holds one document; remove the line'],
    ['about: !!js/function "x"', '1:8: broken YAML: Unresolved tag: tag:yaml.org,2002:js/function; tags (!name) are'],
    ['['.repeat(20_000), '1:819: broken YAML: nested too deeply to be read'],
  ])('%.40j', (text, message) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.replace(/:\d+: broken YAML: nested/, ':819: broken YAML: nested')).toContain(
      `f.yaml:${message}`,
    );
  });

  it('documents that are none', () => {
    const empty = "1:1: the file is empty; begin with 'podtwin: 1', or see 'podtwin init'";
    expectProblems('', [empty]);
    expectProblems('# only a comment\n', [empty]);
    expectProblems('- a\n', ["1:1: a scenario is a map that begins with 'podtwin: 1'; this is a list"]);
    expectProblems('hello', ["1:1: a scenario is a map that begins with 'podtwin: 1'; this is the text 'hello'"]);
  });

  it('aliases that blow up, contain themselves, or name nothing', () => {
    const letters = [...'abcdefgh'];
    const bomb = letters.map((letter, at) => {
      const items = Array(10).fill(at === 0 ? 'x' : `*${letters[at - 1]}`);
      return `${letter}: &${letter} [${items.join(', ')}]`;
    });
    expectProblems(bomb.join('\n'), ['7:8: the alias *f makes the document larger than 2000000 values']);
    expect(problemsOf(scenario({ more: 'about: &x [*x]' }))[1]).toBe(
      'f.yaml:13:12: the alias *x stands inside what it names; put a text that begins with * in quotes',
    );
    expectProblems(scenario({ more: 'about: *x' }), [
      '13:8: the alias *x names nothing further up; put a text that begins with * in quotes',
    ]);
  });

  it('keys that are no names', () => {
    expectProblems(scenario({ more: '__proto__: {a: 1}\n? [a, b]\n: 1' }), [
      '13:1: a key must be a name; put it in quotes if it begins with [ { * & ! ?',
      '14:3: a key must be a name; put it in quotes if it begins with [ { * & ! ?',
    ]);
  });

  it('aliases that are well used are read', () => {
    const text = scenario({
      hosts: '&h {name: h, type: std, count: 2}',
      more: 'accounts: [{name: a, vms: &v {small: 1}}, {name: b, vms: *v}]',
    });
    expectProblems(text, []);
  });
});
