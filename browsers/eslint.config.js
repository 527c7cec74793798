// Scripts as Chromium 109 reads them: the language up to ES2022, and no part of the web platform that it lacks.
import compat from "eslint-plugin-compat";
import es from "eslint-plugin-es-x";

const platform = compat.configs["flat/recommended"];

export default [
  es.configs["flat/restrict-to-es2022"],
  {
    ...platform,
    files: ["**/*.js"],
    languageOptions: { ...platform.languageOptions, ecmaVersion: 2022, sourceType: "script" },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
    settings: { browsers: ["chrome 109", "edge 109"], lintAllEsApis: true },
  },
];
