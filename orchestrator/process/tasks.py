"""A person completes a task; its process goes on."""

from typing import Any

from orchestrator.bpmn.commands import CompleteElement
from orchestrator.people import tasks
from orchestrator.process import jobs, look_answers
from orchestrator.process.execute import execute, lock
from orchestrator.store.tables import User, UserTask
from orchestrator.store.unit import Unit
from orchestrator.work import items


def complete(unit: Unit, key: int, user: User, variables: dict[str, Any]) -> UserTask:
    """Complete a task. The variables of a review become its work item's output; `{"retry": true}`
    lets the item be tried again instead. Those of a second look are its answer. See
    `people.tasks.complete` and `look_answers.answer` for what is raised."""
    task = tasks.get(unit, key)
    if task.kind == tasks.SECOND_LOOK:
        return look_answers.answer(unit, task, user, variables)
    instance = lock(unit, task.instance_key) if task.instance_key is not None else None
    task = tasks.complete(unit, key, user, variables)
    if task.kind == tasks.REVIEW and task.work_item_key is not None:
        if variables.get("retry") is True:
            jobs.retry(unit, task.work_item_key)
            return task
        items.resolve_review(unit, task.work_item_key, variables)
    if instance is not None and task.element_key is not None:
        execute(unit, instance, CompleteElement(task.element_key, variables))
    return task
