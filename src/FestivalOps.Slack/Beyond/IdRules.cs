using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Beyond;

/// <summary>What machines read back is never cut: a wrong id or value is a programmer's error, and says so.</summary>
internal static class IdRules
{
    public static void Check(IReadOnlyList<Block> blocks)
    {
        var blockIds = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < blocks.Count; index++)
        {
            var block = blocks[index];
            Value(block.BlockId, MessageLimits.Id, "a block_id");
            if (block.BlockId is { } id && !blockIds.Add(id))
                throw new ArgumentException($"The block_id '{id}' occurs twice; Slack wants each once in a message or view.", nameof(blocks));
            var actionIds = new HashSet<string>(StringComparer.Ordinal);
            foreach (var actionId in ActionIds(block))
            {
                Value(actionId, MessageLimits.Id, "an action_id");
                if (actionId is not null && !actionIds.Add(actionId))
                    throw new ArgumentException($"The action_id '{actionId}' occurs twice in block {index + 1}; Slack wants each once in a block.", nameof(blocks));
            }
        }
    }

    public static void Value(string? value, int limit, string what)
    {
        if (value?.Length > limit)
            throw new ArgumentException($"{char.ToUpperInvariant(what[0])}{what[1..]} has {value.Length} characters; Slack takes at most {limit}, and it cannot be cut without losing its meaning.", nameof(value));
    }

    private static IEnumerable<string?> ActionIds(Block block) => block switch
    {
        ActionsBlock actions => actions.Elements.Select(element => element.ActionId),
        SectionBlock { Accessory: IActionElement accessory } => [accessory.ActionId],
        InputBlock { Element: { } input } => [input.ActionId],
        ContextActionsBlock context => context.Elements.Select(element => element.ActionId),
        _ => [],
    };
}
