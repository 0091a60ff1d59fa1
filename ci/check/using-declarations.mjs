import { Visitor } from '@swc/core/Visitor.js'

/**
 * Teaches the visitor that dependency-cruiser walks with the statement `await using`, which it
 * stops at ("Unknown statement type: UsingDeclaration"). To be removed once it knows it.
 */
const { visitStatement } = Visitor.prototype

/** @param {any} statement @returns {any} */
Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement)
  statement.decls = this.visitVariableDeclarators(statement.decls)
  return statement
}
