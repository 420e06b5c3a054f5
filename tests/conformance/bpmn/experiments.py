"""The 219 experiments of the study of SpiffWorkflow, each with the case here that asks the same.

`python -m tests.conformance.bpmn.experiments` counts them. The behaviour asked for is that of BPMN 2.0; the dialect is
ours (FEEL, `zeebe:`), so an experiment about a Python expression has a case about a FEEL one.
"""

import sys
from collections import Counter
from collections.abc import Iterator

from tests.conformance.bpmn.cases import CASES
from tests.conformance.bpmn.play import judge

_INTERRUPTING = {"int": "int", "nonint": "non"}
_HOSTS = {"task": "task", "subprocess": "sub-process", "callactivity": "called"}
_NAMED = """
sf-implicit-split=sf-implicit-split sf-implicit-split-start=sf-implicit-split-start
sf-implicit-split-catch=sf-implicit-split-event sf-conditional-single=sf-conditional-alone
sf-conditional-multi=sf-conditional-several sf-implicit-merge=sf-implicit-merge sf-no-id=sf-without-id
bnd-no-id=sf-boundary-without-id ref-qname=sf-qname script-empty=script-empty st-no-start=start-implicit
st-no-end=end-implicit st-sub-no-start=start-implicit-inside st-sub-no-end=end-implicit-inside
st-two-none-starts=start-two st-reserved-id-start=id-start st-reserved-id-end=id-end st-sub-id-twice=id-in-two-files
st-process-loop=loop-300 st-process-loop-1200=loop-1200 st-long-sequence=sequence-400
st-long-sequence-1500=sequence-1500 st-msg-and-none-start=start-message-and-none gw-xor-order=xor-order
gw-xor-nomatch=xor-none-holds gw-complex-split=complex-split gw-complex-join=complex-join gw-and-join-once=and-join
gw-and-two-flows-same=and-two-flows-one-node gw-and-excess=and-surplus gw-and-2x2=and-two-by-two
gw-and-loop=and-in-loop gw-or-structured=or-join gw-or-wait-user=or-waits gw-or-deadpath=or-dead-path
gw-or-upstream-token=or-far-upstream gw-or-empty-branch-first=or-empty-branch-first
gw-or-empty-branch-last=or-empty-branch-last gw-or-empty-branch-and=or-empty-branch-parallel
gw-or-loopback=or-loop-through-join gw-or-loop-structured=or-in-loop gw-or-same-flow-twice=or-same-flow-twice
gw-event-msg-timer=choice-message-before-timer gw-event-receive=choice-receive gw-event-cond=choice-condition
gw-event-loop=choice-in-loop gw-event-parallel=choice-parallel-start bnd-interrupt-deferred=bnd-interrupts-at-once
bnd-error-subprocess-int=bnd-error-sub-process-int bnd-error-callactivity-int=bnd-error-called-int
bnd-error-parallel-branch=bnd-error-parallel-branch bnd-error-in-task=bnd-error-of-job bnd-cycle-nonint=bnd-cycle
bnd-cycle-int=bnd-cycle-interrupting bnd-nonint-message-twice=bnd-message-twice bnd-multi-outgoing=bnd-two-flows
bnd-on-mi=bnd-on-several comp-boundary-throw=comp-throw comp-throw=comp-nothing-done comp-end=comp-end
comp-esp=comp-esp tx-cancel=tx-cancel tx-cancel-parallel=tx-cancel-parallel tx-cancel-no-boundary=tx-without-boundary
link=link link-dangling=link-dangling term-top=terminate term-sub=terminate-inside term-call=terminate-called
term-kills-subprocess=terminate-takes-sub-process term-runs-cancelled=terminate-stops-what-is-ready sig-end=signal-end
sig-broadcast=signal-broadcast sig-broadcast-instances=signal-to-others sig-unnamed=signal-unnamed
msg-unnamed=message-unnamed msg-two-same-name=message-two-of-one-name msg-one-receiver=message-one-receiver
msg-early=message-early wcp29-cancelling-discriminator=wcp29-discriminator wcp16-deferred-user=wcp16-deferred-choice
esc-end-sub=escalation-end esc-catchall=escalation-any esc-propagate=escalation-outwards err-propagate=error-outwards
err-sibling=error-sibling esc-sibling=escalation-sibling cancel-sibling=tx-sibling
err-sibling-call=error-sibling-called err-mi-sibling=error-sibling-instance err-catchall=error-any
err-two-boundaries=error-code-before-any err-uncaught=error-uncaught err-after-uncaught=error-uncaught-no-normal-flow
tim-plain-iso=timer-literal tim-date=timer-date tim-date-z=timer-date-z tim-duration-frac=timer-fraction
tim-cycle-catch=timer-cycle-in-flow tim-cycle-inf=timer-endless-cycle tim-cycle-catchup=timer-catches-up
tim-cron=timer-cron tim-start=timer-start tim-in-subproc-refresh=timer-deep-inside
cond-taskdata=condition-other-branch cond-dataobject=condition-true-on-arrival cond-start=condition-start
cond-nested-write=condition-of-nested multi-catch=multiple-catch multi-parallel-catch=multiple-parallel-catch
multi-boundary=multiple-boundary evdef-ref=definition-by-reference mi-par-card=several-cardinality
mi-seq-card=several-cardinality-sequential mi-par-zero=several-cardinality-parallel-zero
mi-seq-zero=several-cardinality-zero
mi-seq-negative=several-negative mi-complete-cond=several-until mi-complete-cond-data=several-until-data
mi-par-complete-cancel=several-until-cancels mi-collection=several-parallel
mi-card-output-exists=several-output-exists mi-loopcounter=several-counter mi-behavior-one=several-behaviour-one
mi-subprocess=several-sub-process mi-call=several-calls loop-while=loop-while loop-bare=loop-bare
call-qname=call-by-qname call-global=call-global-task call-recursive=call-itself call-isolation=call-isolated
call-dynamic=call-dynamic call-no-end=call-without-end adhoc-nocond=adhoc-without-condition adhoc-user=adhoc-tasks
adhoc-sequential=adhoc-sequential adhoc-cancelremaining=adhoc-cancel-remaining adhoc-repeat=adhoc-repeat
adhoc-flow=adhoc-flow adhoc-user-do=adhoc-data-object adhoc-sequential-do=adhoc-sequential-data
adhoc-cancelremaining-do=adhoc-cancel-data adhoc-repeat-do=adhoc-repeat-data adhoc-flow-do=adhoc-flow-data
qty-start=quantity-start qty-complete=quantity-completion recv-instantiate=receive-starts task-service=service-task
task-business-rule=rule-decides task-resource=performer esp-message-top-nonint-twice=esp-message-twice
sub-interrupt-user-in-sub=bnd-deep-inside script-error-boundary-catchall=bnd-script-error
data-object=data-written-and-read data-object-iospec=data-io-specification data-object-sub1=data-written-inside
data-object-sub=data-written-deep-inside data-store=data-store-and-object
data-association-transform=data-transformation data-parallel-visibility=data-other-branch
data-merge-conflict=data-last-writer data-sub-two-ends=data-two-ends data-property=data-property lanes=lanes-of-nodes
lanes-nested=lanes-nested lanes-subprocess=lanes-inside corr-key=message-key isexec-false=not-executable
"""


def pairs() -> dict[str, str]:
    """The case of each experiment, by name."""
    found = dict(pair.split("=") for pair in _NAMED.split())
    return {**found, **dict(_boundaries()), **dict(_handlers())}


def main() -> int:
    """Print the experiments that are not right, and the counts."""
    cases = {case.name: case for case in CASES}
    words = Counter()
    for experiment, name in pairs().items():
        verdict = judge(cases[name])
        words[verdict.word] += 1
        if verdict.word != "right":
            sys.stdout.write(f"{verdict.word:8} {experiment:34} {verdict.why[:120]}\n")
    counted = ", ".join(f"{words[word]} {word}" for word in ("right", "refused", "wrong"))
    sys.stdout.write(f"experiments {counted} of {words.total()}\n")
    return int(words["wrong"] > 0)


def _boundaries() -> Iterator[tuple[str, str]]:
    for event in ("message", "signal", "timer", "conditional", "escalation"):
        for host, ours in _HOSTS.items():
            if event == "escalation" and host == "task":
                continue  # nothing in a task throws one
            for mode, how in _INTERRUPTING.items():
                yield f"bnd-{event}-{host}-{mode}", f"bnd-{event}-{ours}-{how}"


def _handlers() -> Iterator[tuple[str, str]]:
    for event in ("message", "signal", "error", "escalation", "timer", "conditional"):
        for place in ("top", "nested"):
            for mode, how in _INTERRUPTING.items():
                if not (event == "error" and mode == "nonint"):  # an error always interrupts
                    yield f"esp-{event}-{place}-{mode}", f"esp-{event}-{place}-{how}"


if __name__ == "__main__":
    sys.exit(main())
