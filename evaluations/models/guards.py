"""What the database itself refuses: to change a frozen rule set, or the scores of a frozen cycle."""

import pgtrigger
from pgtrigger import Q

SET = "evaluations_ruleset"
PARTS = ("evaluations_indicator", "evaluations_classthreshold")
CLASSES = 4


def frozen_stays():
    """Nobody changes or deletes a frozen rule set."""
    return pgtrigger.Trigger(
        name="frozen_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=Q(old__status="frozen"),
        func="RAISE EXCEPTION 'a frozen rule set does not change' USING ERRCODE = 'check_violation';",
    )


def frozen_parts_stay():
    """Nobody changes or deletes a row of a frozen rule set; whoever adds one waits for who is freezing it."""
    return pgtrigger.Trigger(
        name="frozen_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("standing", "text")],
        func=f"""
            SELECT status INTO standing FROM {SET} WHERE id = COALESCE(OLD.rule_set_id, NEW.rule_set_id) FOR SHARE;
            IF TG_OP <> 'INSERT' AND standing = 'frozen' THEN
                RAISE EXCEPTION 'a frozen rule set does not change' USING ERRCODE = 'check_violation';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,  # noqa: S608
    )


def frozen_is_whole(key):
    """When a transaction ends, the weights of a frozen rule set sum to 100 and each class has its least score.

    So nothing is ever added to one either: what is added has a weight, and every class is there.
    """
    weights, classes = PARTS
    return pgtrigger.Trigger(
        name="frozen_is_whole",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF EXISTS (SELECT FROM {SET} WHERE id = NEW.{key} AND status = 'frozen') AND (
                (SELECT sum(weight) FROM {weights} WHERE rule_set_id = NEW.{key}) IS DISTINCT FROM 100
                OR (SELECT count(*) FROM {classes} WHERE rule_set_id = NEW.{key}) <> {CLASSES}
            ) THEN
                RAISE EXCEPTION 'the weights of a frozen rule set sum to 100' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,  # noqa: S608
    )


def frozen_scores_stay():
    """Scores are written until their cycle is frozen."""
    return pgtrigger.Trigger(
        name="frozen_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (SELECT FROM evaluations_cycle WHERE id = COALESCE(NEW.cycle_id, OLD.cycle_id)
                       AND status IN ('frozen', 'published')) THEN
                RAISE EXCEPTION 'the scores of a frozen cycle do not change' USING ERRCODE = 'check_violation';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )
