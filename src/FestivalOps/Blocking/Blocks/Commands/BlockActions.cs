using System.Globalization;
using FestivalOps.Alerting.Commands;
using FestivalOps.Blocking.Blocks.Card;
using FestivalOps.Commands;
using FestivalOps.Commands.Roles;

namespace FestivalOps.Blocking.Blocks.Commands;

/// <summary>A button of a block: its value is the block's number, and for some a word behind it.</summary>
internal abstract class BlockAction : IButtonAction
{
    /// <inheritdoc/>
    public abstract string ActionId { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var words = context.Value.Split(' ');
        return long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await DoAsync(id, words.ElementAtOrDefault(1) ?? "", context.Person.UserId, ct) is { } answer
            ? BlockReplies.Of(answer, context.Language)
            : Reply.Refused(CommandTexts.GoneButton, context.Language);
    }

    /// <summary>Does it; null: the button is none of ours.</summary>
    protected abstract Task<BlockAnswer?> DoAsync(long id, string word, string userId, CancellationToken ct);
}

/// <summary>"Unblock".</summary>
internal sealed class UndoBlockAction(Blocklist blocklist) : BlockAction
{
    /// <inheritdoc/>
    public override string ActionId => BlockButtons.Undo;

    /// <inheritdoc/>
    protected override async Task<BlockAnswer?> DoAsync(long id, string word, string userId, CancellationToken ct) => await blocklist.UnblockAsync(id, userId, ct);
}

/// <summary>"Extend…".</summary>
internal sealed class ExtendBlockAction(Blocklist blocklist) : BlockAction
{
    /// <inheritdoc/>
    public override string ActionId => BlockButtons.Extend;

    /// <inheritdoc/>
    protected override async Task<BlockAnswer?> DoAsync(long id, string word, string userId, CancellationToken ct) =>
        BlockButtons.Extensions.Where(e => e.Word == word).Select(e => (TimeSpan?)e.By).FirstOrDefault() is { } by ? await blocklist.ExtendAsync(id, by, userId, ct) : null;
}

/// <summary>"Make permanent".</summary>
internal sealed class PermanentBlockAction(Blocklist blocklist) : BlockAction
{
    /// <inheritdoc/>
    public override string ActionId => BlockButtons.Permanent;

    /// <inheritdoc/>
    protected override async Task<BlockAnswer?> DoAsync(long id, string word, string userId, CancellationToken ct) => await blocklist.AskPermanentAsync(id, userId, ct);
}

/// <summary>"Approve" of a second person.</summary>
internal sealed class ApproveBlockAction(Blocklist blocklist) : BlockAction
{
    /// <inheritdoc/>
    public override string ActionId => BlockButtons.Approve;

    /// <inheritdoc/>
    protected override async Task<BlockAnswer?> DoAsync(long id, string word, string userId, CancellationToken ct) => await blocklist.ApproveAsync(id, userId, ct);
}

/// <summary>"Decline" of a second person.</summary>
internal sealed class DeclineBlockAction(Blocklist blocklist) : BlockAction
{
    /// <inheritdoc/>
    public override string ActionId => BlockButtons.Decline;

    /// <inheritdoc/>
    protected override async Task<BlockAnswer?> DoAsync(long id, string word, string userId, CancellationToken ct) => await blocklist.DeclineAsync(id, userId, ct);
}
