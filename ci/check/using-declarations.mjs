// oxlint-disable typescript/no-deprecated, typescript/unbound-method -- it is what dependency-cruiser walks with
import { Visitor } from '@swc/core/Visitor.js'

/**
 * Teaches the visitor of dependency-cruiser the statement `await using`, at which it stops
 * ("Unknown statement type: UsingDeclaration"). To be removed once it knows it.
 */
const { visitStatement } = Visitor.prototype

/** @param {any} statement @returns {any} */
Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement)
  statement.decls = this.visitVariableDeclarators(statement.decls)
  return statement
}
