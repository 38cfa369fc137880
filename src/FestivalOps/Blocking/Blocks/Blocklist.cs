using FestivalOps.Alerting.Intake;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Blocks.Card;
using FestivalOps.Blocking.Blocks.Enforcing;
using FestivalOps.Blocking.Blocks.Guarding;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Blocking.Simulation;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Blocks;

/// <summary>A block that a person wants.</summary>
/// <param name="Range">Which addresses.</param>
/// <param name="Until">Until when, UTC; null: as long as the settings say for this time.</param>
/// <param name="IsPermanent">True: without end, once a second person agrees.</param>
/// <param name="Reason">Why; empty: they did not say. Foreign text of one line.</param>
internal sealed record WishedBlock(AddressRange Range, DateTimeOffset? Until, bool IsPermanent, string Reason);

/// <summary>What became of a wish.</summary>
/// <param name="IsDone">True: something changed.</param>
/// <param name="Says">What people are told.</param>
/// <param name="Block">The block as it is now; null: there is none.</param>
internal sealed record BlockAnswer(bool IsDone, LocalizedText Says, AddressBlock? Block);

/// <summary>
/// Everyone who blocks ends here: rules, people, and time. What holds is written first, in one transaction with what is told of it; then the
/// firewalls are told. Where one could not be told, the <see cref="BlockReconciler"/> goes on.
/// </summary>
internal sealed partial class Blocklist(
    IDbContextFactory<OpsDbContext> store, IServiceProvider services, AttackBook attacks, ISurroundings surroundings, FirewallLanes lanes, BlockNews news, Outbox outbox,
    IOptions<BlockingOptions> options, TimeProvider time, ILogger<Blocklist> logger) : IBlocklist
{
    private const int MostAtOnce = 500;

    private readonly Untouchable _untouchable = new(options.Value);
    private readonly BlockTimes _times = new(options.Value.GetBlockHours(), options.Value.ForgiveDays);

    /// <inheritdoc/>
    public event EventHandler<CorrectedEventArgs>? Corrected;

    /// <summary>False while it is only simulated.</summary>
    public bool IsBlocking => options.Value.Mode == BlockingMode.Block;

    private IncidentIntake Intake => services.GetRequiredService<IncidentIntake>();

    /// <summary>Why these addresses can't be blocked; null: they can. Also says which hosts could not be asked for what they need.</summary>
    public async Task<(LocalizedText? Why, Surroundings Surroundings)> GuardAsync(AddressRange range, CancellationToken ct)
    {
        var around = await surroundings.NowAsync(ct);
        return (_untouchable.Why(range, around.Places), around);
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(string source, IReadOnlyList<BlockDecision> decisions, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var newest = AttackBook.Newest(decisions);
        // What an old log tells of is over.
        var (judged, corrections) = await JudgeAsync([.. newest.Where(d => d.At + d.For > now)], now, ct);
        var told = judged.OrderByDescending(d => d.Outcome).ToList();
        foreach (var decision in told) Log.Decided(logger, decision.Outcome, decision.Address.ToString(), source, decision.Line, decision.For, decision.Reason.En);
        // Of an address that meets two rules the longer block counts.
        var blocks = told.Where(d => d.Outcome == BlockOutcome.Block).GroupBy(d => d.Address).Select(g => g.MaxBy(d => d.At + d.For)!).ToList();
        var early = await TellEarlyAsync(blocks, now, ct);
        List<AddressBlock> changed = [];
        await Intake.RaiseAsync(
            [.. told.Select(d => attacks.Alert(d, source))], null,
            async (db, token) =>
            {
                changed = await WriteAsync(db, blocks, source, now, token);
                await attacks.WriteAsync(db, [.. judged, .. newest.Where(d => d.At + d.For <= now)], source, token);
            },
            ct);
        foreach (var correction in corrections) Corrected?.Invoke(this, new(correction));
        if (changed.Count == 0) return;
        news.Count(source, changed.Count(b => b.Version == 1));
        var rest = changed.Where(b => !early.Contains(b.Addresses)).Select(b => Entry(b, now)).ToList();
        if (rest.Count > 0) lanes.Tell(new(rest, []));
        news.Ring();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KnownAddress>> KnownAsync(CancellationToken ct)
    {
        var since = time.GetUtcNow() - TimeSpan.FromDays(options.Value.ForgiveDays);
        await using var db = store.CreateDbContext();
        var rows = await db.Set<AddressBlock>().AsNoTracking().Where(b => (b.State == BlockState.Open || b.EndedAt > since) && b.EndedWhy != BlockEnd.Declined && b.EndedWhy != BlockEnd.NotApproved && b.State != BlockState.Asked)
            .OrderByDescending(b => b.Id).Take(options.Value.MostAddresses).Select(b => new { b.Addresses, b.Until, b.EndedAt, b.Times }).ToListAsync(ct);
        var known = new List<KnownAddress>();
        // The newest of an address stands first, and counts.
        foreach (var row in rows.DistinctBy(r => r.Addresses, StringComparer.Ordinal))
        {
            if (AddressRange.TryParse(row.Addresses, out var range) && range.IsOne) known.Add(new(range.First, row.EndedAt ?? row.Until ?? DateTimeOffset.MaxValue, row.Times));
        }
        return known;
    }

    /// <summary>Blocks what a person wants blocked. A range of more than one address waits for a second person.</summary>
    public async Task<BlockAnswer> BlockAsync(WishedBlock wish, string userId, string channelId, CancellationToken ct)
    {
        if (!IsBlocking) return new(false, BlockTexts.Simulated, null);
        if ((await GuardAsync(wish.Range, ct)).Why is { } why) return new(false, BlockTexts.Refused(wish.Range, why), null);
        var now = time.GetUtcNow();
        var (name, first, last) = (wish.Range.ToString(), AddressBlock.Number(wish.Range.First), AddressBlock.Number(wish.Range.Last));
        AddressBlock? made = null, known = null;
        await Intake.RaiseAsync(
            [], null,
            async (db, token) =>
            {
                made = null;
                known = await CoveringAsync(db, wish.Range, token);
                if (known is not null) return;
                var times = await TimesAsync(db, name, now, token);
                var needsSecond = !wish.Range.IsOne;
                var reason = ForeignText.OneLine(wish.Reason, AddressBlock.MaxReason);
                made = new()
                {
                    Id = await NextIdAsync(db, token), Addresses = name, First = first, Last = last, OpenKey = name,
                    State = needsSecond ? BlockState.Asked : BlockState.Open, Source = AddressBlock.Manual, Rule = "", Author = userId,
                    ReasonJa = reason.Length > 0 ? reason : BlockTexts.ByHand.Ja, ReasonEn = reason.Length > 0 ? reason : BlockTexts.ByHand.En,
                    CreatedAt = now, ChangedAt = now, ChangedBy = userId, Until = wish.Until ?? now + _times.For(times), Times = times,
                    PermanentAskedBy = wish.IsPermanent ? userId : null, AskedAt = needsSecond || wish.IsPermanent ? now : null, CardChannel = channelId,
                };
                db.Add(made);
                if (channelId.Length > 0) await Outbox.AddAsync(db, [BlockCardPost.Row(made, outbox)], token);
                await db.SaveChangesAsync(token);
            },
            ct);
        if (known is not null) return new(false, known.State == BlockState.Asked ? BlockTexts.AskedAlready(known) : BlockTexts.BlockedAlready(known, news.When), known);
        outbox.Wake();
        news.Ring();
        if (made!.State == BlockState.Asked) return new(true, BlockTexts.NeedsSecond(made), made);
        news.Count(AddressBlock.Manual, 1);
        return new(true, BlockTexts.Blocked(made, news.When, lanes.All.Count, await EnforceAsync(made, ct)), made);
    }

    /// <summary>Lets addresses in again; what still waits for a second person is taken back.</summary>
    public Task<BlockAnswer> UnblockAsync(long id, string userId, CancellationToken ct) => ChangeAsync(
        id, userId,
        (block, now) =>
        {
            if (block.State == BlockState.Ended) return new(false, BlockTexts.OverAlready(block, news.When), block);
            var wasOpen = block.State == BlockState.Open;
            End(block, wasOpen ? BlockEnd.ByHand : BlockEnd.Declined, userId, now);
            return new(true, wasOpen ? BlockTexts.Unblocked(block, options.Value.GraceMinutes) : BlockTexts.TakenBack(block), block);
        },
        ct);

    /// <summary>Makes a block longer.</summary>
    public Task<BlockAnswer> ExtendAsync(long id, TimeSpan by, string userId, CancellationToken ct) => ChangeAsync(
        id, userId,
        (block, now) =>
        {
            if (block.State != BlockState.Open) return new(false, block.State == BlockState.Asked ? BlockTexts.AskedAlready(block) : BlockTexts.OverAlready(block, news.When), block);
            if (block.Until is not { } until) return new(false, BlockTexts.PermanentAlready(block), block);
            var longer = (until > now ? until : now) + by;
            if (longer - now > AddressBlock.Longest) return new(false, BlockTexts.TooLong, block);
            block.Until = longer;
            return new(true, BlockTexts.Extended(block, news.When), block);
        },
        ct);

    /// <summary>Asks for a block to hold without end: a second person has to agree.</summary>
    public Task<BlockAnswer> AskPermanentAsync(long id, string userId, CancellationToken ct) => ChangeAsync(
        id, userId,
        (block, now) =>
        {
            if (block.State != BlockState.Open) return new(false, block.State == BlockState.Asked ? BlockTexts.AskedAlready(block) : BlockTexts.OverAlready(block, news.When), block);
            if (block.Until is null) return new(false, BlockTexts.PermanentAlready(block), block);
            if (block.PermanentAskedBy is not null) return new(false, BlockTexts.AskedAlready(block), block);
            (block.PermanentAskedBy, block.AskedAt) = (userId, now);
            return new(true, BlockTexts.PermanentAsked(block), block);
        },
        ct);

    /// <summary>A second person agrees: to a range, or to a block without end.</summary>
    public Task<BlockAnswer> ApproveAsync(long id, string userId, CancellationToken ct) => ChangeAsync(
        id, userId,
        (block, now) =>
        {
            if (block.State == BlockState.Ended) return new(false, BlockTexts.OverAlready(block, news.When), block);
            if (block.AskedAt is not { } askedAt) return new(false, BlockTexts.NothingToApprove(block), block);
            if (now - askedAt > AddressBlock.Approvable) return new(false, BlockTexts.TooLate, block);
            if ((block.State == BlockState.Asked ? block.Author : block.PermanentAskedBy) == userId) return new(false, BlockTexts.NotYourOwn, block);
            if (block.PermanentAskedBy is not null) block.Until = null;
            else if (block.Until <= now) return new(false, BlockTexts.TooLate, block);
            (block.State, block.ApprovedBy, block.AskedAt, block.PermanentAskedBy) = (BlockState.Open, userId, null, null);
            return new(true, BlockTexts.Approved(block, news.When), block);
        },
        ct);

    /// <summary>A second person does not agree, or who asked takes it back.</summary>
    public Task<BlockAnswer> DeclineAsync(long id, string userId, CancellationToken ct) => ChangeAsync(
        id, userId,
        (block, now) =>
        {
            if (block.State == BlockState.Ended) return new(false, BlockTexts.OverAlready(block, news.When), block);
            if (block.AskedAt is null) return new(false, BlockTexts.NothingToApprove(block), block);
            if (block.State == BlockState.Asked) End(block, BlockEnd.Declined, userId, now);
            (block.AskedAt, block.PermanentAskedBy) = (null, null);
            return new(true, BlockTexts.Declined(block), block);
        },
        ct);

    /// <summary>Ends what its time ended, and requests that nobody answered in time. Returns how many changed; called until nothing does.</summary>
    public async Task<int> ExpireAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var late = now - AddressBlock.Approvable;
        List<AddressBlock> over = [];
        var changed = 0;
        await using (var look = store.CreateDbContext())
        {
            if (!await Due(look.Set<AddressBlock>(), now, late).AnyAsync(ct)) return 0;
        }
        await Intake.RaiseAsync(
            [], null,
            async (db, token) =>
            {
                var due = await Due(db.Set<AddressBlock>(), now, late).OrderBy(b => b.Id).Take(MostAtOnce).ToListAsync(token);
                over = [.. due.Where(b => b.State == BlockState.Open && b.Until <= now)];
                foreach (var block in due)
                {
                    if (block.State == BlockState.Asked) End(block, BlockEnd.NotApproved, AddressBlock.Bot, now);
                    else if (block.Until <= now) End(block, BlockEnd.Expired, AddressBlock.Bot, now);
                    else (block.AskedAt, block.PermanentAskedBy) = (null, null);
                    await TouchAsync(db, block, AddressBlock.Bot, now, token);
                }
                changed = due.Count;
                await db.SaveChangesAsync(token);
            },
            ct);
        if (changed > 0) outbox.Wake();
        if (over.Count > 0 && IsBlocking) lanes.Tell(await LettingInAsync(over, now, ct));
        return changed;
    }

    /// <summary>What already holds for all of these addresses, or waits for a second person; null: nothing.</summary>
    public async Task<AddressBlock?> FindOpenAsync(AddressRange range, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await CoveringAsync(db, range, ct);
    }

    /// <summary>Blocks that are not over and have addresses in common with these, the narrowest last.</summary>
    public async Task<IReadOnlyList<AddressBlock>> TouchingAsync(AddressRange range, int most, CancellationToken ct)
    {
        var (first, last) = (AddressBlock.Number(range.First), AddressBlock.Number(range.Last));
        await using var db = store.CreateDbContext();
        return await db.Set<AddressBlock>().AsNoTracking().Where(b => b.State != BlockState.Ended && b.First <= last && b.Last >= first).OrderBy(b => b.First).ThenByDescending(b => b.Last).Take(most).ToListAsync(ct);
    }

    /// <summary>How long these addresses are blocked when nobody says it: longer each time.</summary>
    public async Task<TimeSpan> NextLengthAsync(AddressRange range, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return _times.For(await TimesAsync(db, range.ToString(), time.GetUtcNow(), ct));
    }

    /// <summary>All that is to be refused now, and what ended since a moment.</summary>
    public async Task<(IReadOnlyList<WantedBlock> Wanted, IReadOnlyList<EndedBlock> Ended)> WantedAsync(DateTimeOffset? since, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var open = await db.Set<AddressBlock>().AsNoTracking().Where(b => b.State == BlockState.Open).Select(b => new { b.Addresses, b.Until, b.ChangedAt }).ToListAsync(ct);
        // Clocks of two processes differ a little.
        var from = since - TimeSpan.FromMinutes(1);
        var ended = from is null ? [] : await db.Set<AddressBlock>().AsNoTracking().Where(b => b.EndedAt >= from).Select(b => new { b.Addresses, b.EndedAt }).ToListAsync(ct);
        return (
            [.. open.Select(b => AddressRange.TryParse(b.Addresses, out var range) ? new WantedBlock(range, b.Until, b.ChangedAt) : default).Where(b => b.Range != default)],
            [.. ended.Select(b => AddressRange.TryParse(b.Addresses, out var range) ? new EndedBlock(range, b.EndedAt!.Value) : default).Where(b => b.Range != default)]);
    }

    // Due: over, or not approved in time.
    private static IQueryable<AddressBlock> Due(IQueryable<AddressBlock> blocks, DateTimeOffset now, DateTimeOffset late) =>
        blocks.Where(b => (b.State == BlockState.Open && b.Until <= now) || (b.State != BlockState.Ended && b.AskedAt <= late));

    private static void End(AddressBlock block, BlockEnd why, string by, DateTimeOffset now) =>
        (block.State, block.OpenKey, block.EndedAt, block.EndedBy, block.EndedWhy, block.AskedAt) = (BlockState.Ended, null, now, by, why, null);

    private static FirewallEntry Entry(AddressBlock block, DateTimeOffset now) => new(block.Range, block.Until - now);

    // The one that lasts longest.
    private static Task<AddressBlock?> CoveringAsync(OpsDbContext db, AddressRange range, CancellationToken ct)
    {
        var (name, first, last) = (range.ToString(), AddressBlock.Number(range.First), AddressBlock.Number(range.Last));
        return db.Set<AddressBlock>().AsNoTracking().Where(b => (b.State == BlockState.Open && b.First <= first && b.Last >= last) || b.OpenKey == name)
            .OrderByDescending(b => b.State == BlockState.Open).ThenByDescending(b => b.Until == null).ThenByDescending(b => b.Until).FirstOrDefaultAsync(ct);
    }

    // The ids of blocks are given out within the intake's transaction, which one writer has at a time.
    private static async Task<long> NextIdAsync(OpsDbContext db, CancellationToken ct) => (await db.Set<AddressBlock>().MaxAsync(b => (long?)b.Id, ct) ?? 0) + 1;

    // What may not be blocked is warned of, with the reason; the windows learn what holds instead.
    private async Task<(List<BlockDecision> Judged, List<KnownAddress> Corrections)> JudgeAsync(List<BlockDecision> fresh, DateTimeOffset now, CancellationToken ct)
    {
        var corrections = new List<KnownAddress>();
        if (!fresh.Exists(d => d.Outcome == BlockOutcome.Block)) return (fresh, corrections);
        var around = await surroundings.NowAsync(ct);
        var grace = await GraceAsync(now, ct);
        var judged = new List<BlockDecision>(fresh.Count);
        foreach (var decision in fresh)
        {
            if (decision.Outcome == BlockOutcome.Warn) judged.Add(decision);
            else if (_untouchable.Why(AddressRange.Of(decision.Address), around.Places) is { } why) Warn(decision, why, now + TimeSpan.FromMicroseconds(Detector.QuietFor));
            else if (grace.FindIndex(g => g.Range.Contains(decision.Address)) is >= 0 and var at) Warn(decision, BlockTexts.InGrace(news.When.At(grace[at].Until)), grace[at].Until);
            else judged.Add(decision);
        }
        return (judged, corrections);

        void Warn(BlockDecision decision, LocalizedText why, DateTimeOffset until)
        {
            judged.Add(decision with { Outcome = BlockOutcome.Warn, At = now, For = until - now, Times = 0, Reason = new($"{decision.Reason.Ja}。{why.Ja}", $"{decision.Reason.En}; but {why.En}") });
            corrections.Add(new(decision.Address, until, decision.Times - 1));
        }
    }

    // Who attacks is kept out while it is being written down. What holds already may be more than what was decided: that is known once it is written.
    private async Task<HashSet<string>> TellEarlyAsync(List<BlockDecision> decisions, DateTimeOffset now, CancellationToken ct)
    {
        var early = new HashSet<string>(StringComparer.Ordinal);
        if (decisions.Count == 0) return early;
        await using var db = store.CreateDbContext();
        foreach (var some in decisions.Select(d => d.Address.ToString()).Chunk(MostAtOnce))
        {
            var open = await db.Set<AddressBlock>().AsNoTracking().Where(b => b.OpenKey != null && EF.Parameter(some).Contains(b.OpenKey)).Select(b => b.OpenKey!).ToListAsync(ct);
            early.UnionWith(some.Except(open, StringComparer.Ordinal));
        }
        var entries = decisions.Where(d => early.Contains(d.Address.ToString())).Select(d => new FirewallEntry(AddressRange.Of(d.Address), d.At + d.For - now)).ToList();
        if (entries.Count > 0) lanes.Tell(new(entries, []));
        return early;
    }

    private async Task<List<(AddressRange Range, DateTimeOffset Until)>> GraceAsync(DateTimeOffset now, CancellationToken ct)
    {
        var grace = TimeSpan.FromMinutes(options.Value.GraceMinutes);
        var since = now - grace;
        await using var db = store.CreateDbContext();
        var rows = await db.Set<AddressBlock>().AsNoTracking().Where(b => b.EndedAt > since && b.EndedWhy == BlockEnd.ByHand).OrderByDescending(b => b.EndedAt).Take(10_000)
            .Select(b => new { b.Addresses, b.EndedAt }).ToListAsync(ct);
        return [.. rows.Select(r => (Range: AddressRange.TryParse(r.Addresses, out var range) ? range : default, r.EndedAt!.Value + grace)).Where(r => r.Range != default)];
    }

    private async Task<List<AddressBlock>> WriteAsync(OpsDbContext db, List<BlockDecision> decisions, string source, DateTimeOffset now, CancellationToken ct)
    {
        var changed = new List<AddressBlock>();
        if (decisions.Count == 0) return changed;
        var id = await NextIdAsync(db, ct);
        foreach (var some in decisions.Chunk(MostAtOnce))
        {
            var names = some.Select(d => d.Address.ToString()).ToArray();
            var known = await db.Set<AddressBlock>().Where(b => b.OpenKey != null && EF.Parameter(names).Contains(b.OpenKey)).ToDictionaryAsync(b => b.OpenKey!, StringComparer.Ordinal, ct);
            foreach (var decision in some)
            {
                var (name, until) = (decision.Address.ToString(), decision.At + decision.For);
                if (!known.TryGetValue(name, out var block))
                {
                    block = New(id++, decision, source, until, now);
                    db.Add(block);
                }
                else if (block.Until is null || block.Until >= until) continue;
                else
                {
                    (block.Until, block.Times, block.Rule) = (until, Math.Max(block.Times, decision.Times), decision.Rule);
                    block.Evidence = Lines(block.Evidence, decision.Evidence);
                    await TouchAsync(db, block, AddressBlock.Bot, now, ct);
                }
                changed.Add(block);
            }
            await db.SaveChangesAsync(ct);
        }
        db.ChangeTracker.Clear();
        return changed;
    }

    private static AddressBlock New(long id, BlockDecision decision, string source, DateTimeOffset until, DateTimeOffset now)
    {
        var number = AddressBlock.Number(decision.Address);
        var name = decision.Address.ToString();
        return new()
        {
            Id = id, Addresses = name, First = number, Last = number, OpenKey = name, State = BlockState.Open, Source = source, Rule = decision.Rule, Author = AddressBlock.Bot,
            ReasonJa = ForeignText.OneLine(decision.Reason.Ja, AddressBlock.MaxReason), ReasonEn = ForeignText.OneLine(decision.Reason.En, AddressBlock.MaxReason),
            Evidence = decision.Evidence, CreatedAt = now, ChangedAt = now, ChangedBy = AddressBlock.Bot, Until = until, Times = decision.Times,
        };
    }

    private static string Lines(string kept, string added) =>
        added.Length == 0 ? kept : string.Join('\n', kept.Split('\n', StringSplitOptions.RemoveEmptyEntries).Append(added).Distinct(StringComparer.Ordinal).TakeLast(AddressBlock.MostEvidence));

    private async Task<int> TimesAsync(OpsDbContext db, string addresses, DateTimeOffset now, CancellationToken ct)
    {
        var before = await db.Set<AddressBlock>().AsNoTracking().Where(b => b.Addresses == addresses && (b.EndedWhy == BlockEnd.Expired || b.EndedWhy == BlockEnd.ByHand))
            .OrderByDescending(b => b.Id).Select(b => new { b.Times, b.EndedAt }).FirstOrDefaultAsync(ct);
        return before is null ? 1 : _times.Next(before.Times, (long)(now - before.EndedAt!.Value).TotalMicroseconds);
    }

    private async Task TouchAsync(OpsDbContext db, AddressBlock block, string by, DateTimeOffset now, CancellationToken ct)
    {
        block.Version++;
        (block.ChangedAt, block.ChangedBy) = (now, by);
        if (block.CardChannel.Length > 0) await Outbox.AddAsync(db, [BlockRedrawPost.Row(block, outbox)], ct);
    }

    // Changes one block, tells the firewalls, and everything that follows from it.
    private async Task<BlockAnswer> ChangeAsync(long id, string userId, Func<AddressBlock, DateTimeOffset, BlockAnswer> change, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var answer = new BlockAnswer(false, BlockTexts.Missing(id), null);
        await Intake.RaiseAsync(
            [], null,
            async (db, token) =>
            {
                if (await db.Set<AddressBlock>().SingleOrDefaultAsync(b => b.Id == id, token) is not { } block) return;
                answer = change(block, now);
                if (!answer.IsDone) return;
                await TouchAsync(db, block, userId, now, token);
                await db.SaveChangesAsync(token);
                db.Entry(block).State = EntityState.Detached;
            },
            ct);
        if (!answer.IsDone || answer.Block is not { } changed) return answer;
        outbox.Wake();
        news.Ring();
        var problems = await EnforceAsync(changed, ct);
        return problems.Count == 0 ? answer : answer with { Says = BlockTexts.NotEverywhere(answer.Says, problems) };
    }

    // Makes firewalls, windows and alerts agree with a block that a person changed.
    private async Task<IReadOnlyList<(string Host, LocalizedText Why)>> EnforceAsync(AddressBlock block, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (block.State == BlockState.Asked || block.EndedWhy is BlockEnd.Declined or BlockEnd.NotApproved) return [];
        if (block.Range is { IsOne: true } one) Corrected?.Invoke(this, new(new(one.First, block.EndedAt ?? block.Until ?? DateTimeOffset.MaxValue, block.Times)));
        var problems = IsBlocking
            ? await lanes.TellAsync(block.State == BlockState.Open ? new([Entry(block, now)], []) : await LettingInAsync([block], now, ct), ct)
            : [];
        if (block.State == BlockState.Ended) await attacks.EndAsync(block.Addresses, BlockTexts.AlertEnded, ct);
        // Without end: the alert says its word for a week more and then rests.
        else await attacks.ExtendAsync(block.Addresses, block.Until ?? now + TimeSpan.FromDays(7), ct);
        return problems;
    }

    // What else is blocked in a range that is let in stays so.
    private async Task<FirewallChange> LettingInAsync(List<AddressBlock> ended, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var overlapping = new Dictionary<string, AddressBlock>(StringComparer.Ordinal);
        foreach (var block in ended)
        {
            var (first, last) = (block.First, block.Last);
            foreach (var other in await db.Set<AddressBlock>().AsNoTracking().Where(b => b.State == BlockState.Open && b.First <= last && b.Last >= first).Take(10_000).ToListAsync(ct)) overlapping[other.Addresses] = other;
        }
        return new([.. overlapping.Values.Select(b => Entry(b, now))], [.. ended.Where(b => !overlapping.ContainsKey(b.Addresses)).Select(b => b.Range)]);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Outcome} {Address} because of {Source}, line {Line}, for {Duration}. {Reason}")]
        public static partial void Decided(ILogger logger, BlockOutcome outcome, string address, string source, long line, TimeSpan duration, string reason);
    }
}
