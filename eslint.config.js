// What eslint asks of the scripts of the browser and of their tests.

import js from "@eslint/js";
import globals from "globals";

const SCRIPTS = "views/screen/browser/**/*.js";

export default [
  { ignores: ["static/", ".venv/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "consistent-return": "off",
      eqeqeq: "error",
      "max-lines": ["error", 350],
      "no-implicit-coercion": ["error", { boolean: false }],
      "no-throw-literal": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      "prefer-template": "error",
    },
  },
  { files: [SCRIPTS], languageOptions: { globals: globals.browser } },
  { files: ["views/screen/browser/map/**/*.js"], languageOptions: { globals: { L: "readonly" } } },
  // The map component loads it as a classic script.
  { files: ["views/screen/browser/map/control_layer.js"], languageOptions: { sourceType: "script" } },
  { files: ["eslint.config.js", "tests/scripts/*.js"], languageOptions: { globals: globals.node } },
];
