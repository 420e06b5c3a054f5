"""What is said about the items of a pack: their limits and promises, how they end, which proofs they ask for."""

from collections.abc import Mapping

from engine.forms.rules import Rule

ITEMS: Mapping[str, Rule] = {
    "local-region": Rule(
        "地区代码“{region}”不可用。",
        "The region {region!r} cannot be used.",
        "用六位行政区划代码（GB/T 2260）或九位乡镇街道代码（GB/T 10114）。",
        "Write the six digits of GB/T 2260, or the nine of a township (GB/T 10114).",
    ),
    "local-what": Rule(
        "[[local]] 要写明一个 item 或一个 lane，以及它在当地有什么不同；off 和 on 只能写一个。",
        "An entry of [[local]] names one item or one lane and says what is otherwise there; off or on, not both.",
        "事项可以写 off（理由）、on、promise、depends；泳道可以写 level、posts。",
        "Of an item: off (the reason), on, promise, depends; of a lane: level, posts.",
    ),
    "applies-unread": Rule(
        "事项“{name}”可以不办，流程图却从不判断 {name}.applies。",
        "The item {name!r} can be left out, but the drawing never asks for {name}.applies.",
        "请在通往该事项的流向上加条件 ={name}.applies。",
        "Give the flow that leads to it the condition ={name}.applies.",
    ),
    "joint-unclosed": Rule(
        "事项“{name}”按承诺即可牵头办结，但流程图中没有牵头办结的环节。",
        "The item {name!r} lets the leading department close on a commitment, but no task of the drawing closes.",
        "请给牵头部门办结的任务加属性 closes = true。",
        "Give the task with which the leading department closes the property closes = true.",
    ),
    "closes-task": Rule(
        "“{name}”不是人工任务，不能牵头办结。",
        "{name!r} is no user task, so it cannot close for the leading department.",
        "请把属性 closes 写在人工任务上。",
        "Give the property closes to a user task.",
    ),
    "otherwise-alone": Rule(
        "事项“{name}”写了 otherwise，却不依赖任何事项。",
        "The item {name!r} says otherwise, but depends on nothing.",
        "请写 depends，或删去 otherwise。",
        "Write depends, or leave otherwise out.",
    ),
    "guide-none": Rule(
        "guide 中的决策“{name}”在事项包的 DMN 文件里找不到。",
        "The guide names the decision {name!r}, which no DMN file of the pack has.",
        "请写 DMN 文件中决策的名称或 id。",
        "Write the name or id of a decision in a DMN file of the pack.",
    ),
    "guide-table": Rule(
        "情形引导的决策“{name}”要用决策表，命中策略 COLLECT（不汇总），结果列为 {columns}。",
        "The decision {name!r} of the guide has to be a decision table that collects (without a sum), with the results "
        "{columns}.",
        "请按此改写该表；只有 need 列可以省略。",
        "Write the table like that; only the column need may be left out.",
    ),
    "guide-word": Rule(
        "情形引导表中 {name} 的“{text}”不是一段加引号的文字。",
        "In the table of the guide, {name} {text!r} is no text in quotation marks.",
        "请直接写带引号的文字：代码、理由都要能在发布前检查。",
        "Write the text itself in quotation marks, so that codes and reasons can be checked before publishing.",
    ),
    "guide-input": Rule(
        "情形引导的决策用到“{name}”，但选择事项时只知道情形表的答案和参数。{suggestion_zh}",
        "The decision of the guide reads {name!r}, but only the situation and the parameters are known by then."
        "{suggestion}",
        "请把这个问题放进情形表，或不用它。",
        "Ask it in the situation form, or do without it.",
    ),
    "guide-twice": Rule(
        "“{code}”既写了 when，又由情形引导的决策给出。",
        "{code!r} has a when and is given by the decision of the guide as well.",
        "只留一处：删去 when，或删去表中的行。",
        "Keep one of them: remove the when, or its rows.",
    ),
    "guide-never": Rule(
        "没有任何情形会用到“{code}”：它没有 when，情形引导的表也不给出它。",
        "Nothing ever calls for {code!r}: it has no when, and the table of the guide does not give it.",
        "请在表中加一行，或写 when。",
        "Add a row to the table, or write a when.",
    ),
    "material-unknown": Rule(
        "“{name}”不是本事项包的材料。{suggestion_zh}",
        "{name!r} is not a material of this pack.{suggestion}",
        "请写 pack.toml 中 [[materials]] 的 code。",
        "Write the code of one of [[materials]] in pack.toml.",
    ),
    "item-none": Rule(
        "环节“{name}”不属于任何事项。",
        "The task {name!r} is work of no item.",
        "请加属性 item；确实不属于任何事项的，用属性 no_item 写明理由。",
        "Give it the property item, or say in a property no_item why it is of none.",
    ),
    "limit-none": Rule(
        "环节“{name}”没有办理时限。",
        "The task {name!r} has no limit.",
        "请加属性 limit，例如 2 工作日。",
        "Give it a property limit, such as 2 工作日.",
    ),
    "limit-unreadable": Rule(
        "环节“{name}”的时限“{value}”读不懂。",
        "The limit {value!r} of {name!r} cannot be read.",
        "请写数字和单位：{known}。",
        "Write a number and a unit: {known}.",
    ),
    "limit-sum": Rule(
        "“{name}”各环节的时限（{listed}）超过了承诺的 {promise}。",
        "The limits of {name!r} ({listed}) are more than the {promise} promised.",
        "请缩短环节时限，或改承诺。",
        "Shorten the limits or change the promise.",
    ),
    "limit-units": Rule(
        "“{name}”的时限（{listed}）按工作日计，承诺却是 {promise}，无法比较：遇节假日会超出。",
        "The limits of {name!r} ({listed}) are working days and the promise is {promise}: holidays make that longer.",
        "请统一单位；承诺按工作日时，环节可以按自然日或小时。",
        "Use one unit; against working days, limits in calendar days or hours can be compared.",
    ),
    "promise-none": Rule(
        "办件有总承诺，事项“{name}”却没有承诺时限，无法相加。",
        "The case has a promise, but the item {name!r} has none to add up.",
        "请给事项填写 promise。",
        "Give the item a promise.",
    ),
    "approve-path": Rule(
        "事项“{name}”没有任何办结是准予（approved、tolerated）。",
        "The item {name!r} can never end approved.",
        "请给办成的节点加 outcome。",
        "Give the node that grants it an outcome.",
    ),
    "refuse-path": Rule(
        "事项“{name}”有审查环节，却不可能不予办理。",
        "The item {name!r} is reviewed but can never be refused.",
        "请在审查结论里加“不予”（refused）及其去向。",
        "Let the review decide refused, and draw where that leads.",
    ),
    "refuse-reason": Rule(
        "“{name}”可以不予办理，但之前没有表单填写理由和法律依据（reason、legal_basis）。",
        "{name!r} can refuse, and no form before it asks for the reason and the legal basis (reason, legal_basis).",
        "请在审查表单里加这两个字段。",
        "Add both fields to the form of the review.",
    ),
    "supplement-past": Rule(
        "补正“{name}”之后不经审查就可以办成。",
        "After the supplement {name!r} the item can be granted without a review.",
        "请把补正引回审查环节。",
        "Lead the supplement back to the review.",
    ),
    "proof-not-allowed": Rule(
        "材料“{name}”是证明，但不在允许的清单内。",
        "The material {name!r} is a proof (证明) that is not on the list of allowed ones.",
        "请改用数据共享或告知承诺；确有法律依据的，写 proof = 清单中的代码（{known}）。",
        "Use shared data or a written commitment; if a law asks for it, write proof = its code on the list ({known}).",
    ),
}
