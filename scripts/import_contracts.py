"""A contract of our own for import-linter: what begins with `_` is private to its folder."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter.application import output
from importlinter.domain.contract import Contract, ContractCheck


class PrivateModulesContract(Contract):
    """Broken where a module imports a `_private` module of another folder."""

    type_name = "private"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every import of a private module from outside its folder."""
        strays = []
        for imported in sorted(graph.modules):
            folder, _, name = imported.rpartition(".")
            if not imported.startswith("auditor.") or not name.startswith("_"):
                continue
            for importer in sorted(graph.find_modules_that_directly_import(imported)):
                if folder not in (importer, importer.rpartition(".")[0]):
                    strays.append((importer, imported))
        return ContractCheck(kept=not strays, metadata={"strays": strays})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name both modules of each stray import."""
        for importer, imported in check.metadata["strays"]:
            output.print_error(f"{importer} imports {imported}, which is private to its folder")
