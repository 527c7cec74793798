// Scripts as Chromium 109 reads them: syntax up to ES2022, and no part of the web platform that it lacks.
import compat from "eslint-plugin-compat";

export default [
  {
    ...compat.configs["flat/recommended"],
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "script" },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
    settings: { lintAllEsApis: true },
  },
];
