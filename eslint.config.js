/**
 * The rules that matter while typing: promises nobody waits for, default exports, and in pure layers everything that is
 * not the same in every run and on every machine. test/tidy holds the same and more over the whole project; layout is
 * prettier's business.
 */
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Layers without clock, chance or I/O of their own: PURE in test/tidy/import-table.ts. */
const PURE = [
  'sim/{base,measures,engine,control,datacenter}/**/*.ts',
  'sim/agents/{simulated,faulty}/**/*.ts',
  'models/**/*.ts',
];

const globals = (message, ...names) => names.map((name) => ({ name, message }));
const members = (message, object, ...names) => names.map((property) => ({ object, property, message }));
const syntax = (message, ...selectors) => selectors.map((selector) => ({ selector, message }));

const noDefaultExport = syntax('Name the export, after the file.', 'ExportDefaultDeclaration');
const noLocale = syntax(
  'Not the same on every machine: compare with < and >, format with sim/base.',
  'CallExpression[callee.property.name=/^(localeCompare|toLocale\\w*)$/]',
);
const noWaiting = syntax(
  'Pure layers wait for nothing: return data and be called again.',
  ':function[async=true]',
  'AwaitExpression',
  'ForOfStatement[await=true]',
);
const noPower = syntax(
  'Not the same on every machine: multiply, or use Math.exp and Math.log.',
  'BinaryExpression[operator="**"]',
  'AssignmentExpression[operator="**="]',
);

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'coverage/', '**/*.d.ts'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // The invariant behind each is an assertion a few lines up, or the index is in range by construction.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Leaving fields out by naming them.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
      // Readers of outside text look for control characters on purpose.
      'no-control-regex': 'off',
      // Published coefficients and reference values stand as published.
      'no-loss-of-precision': 'off',
      'no-restricted-properties': ['error', ...members('Draw from a named stream.', 'Math', 'random')],
      'no-restricted-syntax': ['error', ...noDefaultExport, ...noLocale],
    },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-globals': [
        'error',
        ...globals('Time comes in as an argument.', 'Date', 'performance'),
        ...globals('Return the earliest deadline, or schedule an event.', 'setTimeout', 'setInterval', 'setImmediate'),
        ...globals('Return the earliest deadline, or schedule an event.', 'queueMicrotask', 'Promise'),
        ...globals('Not the same on every machine.', 'Intl'),
        ...globals('Not the same in every run.', 'WeakRef', 'FinalizationRegistry'),
        ...globals('Return it, or pass it in.', 'console', 'process', 'globalThis', 'fetch', 'crypto', 'Buffer'),
      ],
      'no-restricted-properties': [
        'error',
        ...members('Draw from a named stream.', 'Math', 'random'),
        ...members(
          'Not the same on every machine.',
          'Math',
          'pow',
          'sin',
          'cos',
          'tan',
          'atan2',
          'hypot',
          'cbrt',
          'log2',
          'log10',
        ),
      ],
      'no-restricted-syntax': ['error', ...noDefaultExport, ...noLocale, ...noWaiting, ...noPower],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^node:', message: 'Pass in what it is needed for.' }] },
      ],
    },
  },
  {
    // Configuration: no project of the compiler's, and its tools want default exports.
    files: ['*.config.{js,ts}'],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-restricted-syntax': 'off' },
  },
);
