using System.Globalization;
using FestivalOps.Commands.Audit;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Blocking.Blocks;

/// <summary>
/// Writes each change of a block into the audit trail, also those that nobody pressed a button for. A block remembers which of its versions the trail
/// has, so that a crash between the two leaves nothing out; at worst a row stands there twice.
/// </summary>
internal sealed class BlockAudit(IDbContextFactory<OpsDbContext> store, AuditTrail trail)
{
    private const int MostAtOnce = 500;

    /// <summary>Writes what is missing. Returns how many rows; called until there are none.</summary>
    public async Task<int> WriteAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var missing = await db.Set<AddressBlock>().AsNoTracking().Where(b => b.AuditedVersion < b.Version).OrderBy(b => b.Id).Take(MostAtOnce).ToListAsync(ct);
        if (missing.Count == 0) return 0;
        // Together: they become one transaction.
        await Task.WhenAll(missing.Select(b => trail.AppendAsync(Entry(b), null, ct)));
        await db.TurnAsync(
            async token =>
            {
                foreach (var group in missing.GroupBy(b => b.Version))
                {
                    var ids = group.Select(b => b.Id).ToArray();
                    await db.Set<AddressBlock>().Where(b => EF.Parameter(ids).Contains(b.Id)).ExecuteUpdateAsync(set => set.SetProperty(b => b.AuditedVersion, group.Key), token);
                }
                return true;
            },
            ct);
        return missing.Count;
    }

    private static AuditEntry Entry(AddressBlock block) => new()
    {
        At = block.ChangedAt,
        CommandId = string.Create(CultureInfo.InvariantCulture, $"block-{block.Id}-{block.Version}"),
        Event = AuditEvent.Done,
        UserId = block.ChangedBy,
        ChannelId = block.CardChannel,
        Text = string.Create(CultureInfo.InvariantCulture, $"block {block.Id}: {block.Addresses}"),
        Detail = ForeignText.OneLine(Detail(block), AuditEntry.MaxText),
    };

    private static string Detail(AddressBlock block)
    {
        var until = block.Until is { } end ? string.Create(CultureInfo.InvariantCulture, $"until {end.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z") : "without end";
        var state = block.State switch
        {
            BlockState.Asked => "asked for, waits for a second person",
            BlockState.Open => $"blocked {until}{(block.ApprovedBy is { } second ? $", approved by {second}" : "")}{(block.PermanentAskedBy is { } asked ? $", asked without end by {asked}" : "")}",
            _ => $"ended ({block.EndedWhy}) by {block.EndedBy}",
        };
        return $"{state}; source {block.Source}{(block.Rule.Length > 0 ? $", {block.Rule}" : "")}, by {block.Author}: {block.ReasonEn}";
    }
}
