using System.Globalization;
using System.Text.RegularExpressions;
using FestivalOps.Commands.People;
using FestivalOps.Commands;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.OnCall;

/// <summary><c>/fops oncall</c>: who is on call now and next, the calendar, what is wrong with it; and exceptions from the rotation.</summary>
internal sealed partial class OnCallCommand(
    IDbContextFactory<OpsDbContext> store, OnCallBook book, StaffBook staff, RoleBook roles, BusinessCalendar calendar,
    IOptions<OnCallOptions> options, TimeProvider time) : ICommand
{
    private const long WriteLock = 0x666f_7073_6f6e_6361; // "fopsonca"

    private static readonly Role[] Changers = [Role.TechnicalLead];

    /// <inheritdoc/>
    public string Name => "oncall";

    /// <inheritdoc/>
    public LocalizedText Summary => OnCallTexts.Summary;

    /// <inheritdoc/>
    public LocalizedText? Usage => OnCallTexts.Usage;

    /// <inheritdoc/>
    public LocalizedText? Details => OnCallTexts.Details;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Name(0).Length == 0) return await ShowAsync(context.Language, ct);
        if (context.Name(0) is not ("override" or "leave" or "cancel")) return Reply.Refused(OnCallTexts.Details, context.Language);
        // Everyone may look; who may change is asked here.
        var permission = await roles.AskAsync(context.Person.UserId, Changers, ct);
        if (permission != Permission.Granted)
        {
            var refusal = permission == Permission.Unclear ? CommandTexts.RoleUnclear(Changers, roles.UnclearErrorId) : CommandTexts.NotAllowed(Changers, roles.NobodyHas(Changers));
            return Reply.Refused(refusal, context.Language);
        }
        return context.Name(0) == "cancel" ? await CancelAsync(context, ct) : await EnterAsync(context, context.Name(0) == "leave", ct);
    }

    private async Task<Reply> EnterAsync(CommandContext context, bool isLeave, CancellationToken ct)
    {
        var (language, rest) = (context.Language, context.Arguments);
        if (rest.Length < 2 || Mention().Match(rest[1]) is not { Success: true } person) return Reply.Refused(OnCallTexts.NoPerson, language);
        Role? role = null;
        if (!isLeave)
        {
            role = Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(r => string.Equals(r.ToString(), context.Name(2), StringComparison.OrdinalIgnoreCase) || r!.Value.Name().Ja == context.Name(2));
            if (role is null) return Reply.Refused(OnCallTexts.NoRole(CommandTexts.Typed(rest.Length > 2 ? rest[2] : "")), language);
        }
        var at = isLeave ? 2 : 3;
        var now = time.GetUtcNow();
        if (Moment(context.Name(at), isEnd: false) is not { } from || Moment(context.Name(at + 1), isEnd: true) is not { } to
            || to <= from || to <= now || to - from > TimeSpan.FromDays(366))
            return Reply.Refused(OnCallTexts.NoTime, language);

        var user = person.Groups["id"].Value;
        await staff.AskAsync(user, ct);
        if (!isLeave && staff.Accounts.GetValueOrDefault(user) is { State: not AccountState.Active }) return Reply.Refused(OnCallTexts.NoAccount, language);

        await using var db = store.CreateDbContext();
        var id = await db.OneWriterAsync(WriteLock, async token =>
        {
            var next = (await db.Set<OnCallChange>().MaxAsync(c => (long?)c.Id, token) ?? 0) + 1;
            db.Add(new OnCallChange
            {
                Id = next,
                Kind = isLeave ? OnCallChangeKind.Leave : OnCallChangeKind.Override,
                Role = role,
                UserId = user,
                StartsAt = from,
                EndsAt = to,
                Author = context.Person.UserId,
                CreatedAt = now,
            });
            await db.SaveChangesAsync(token);
            return next;
        }, ct);
        return Reply.InChannel(Notice.Of(":white_check_mark:", OnCallTexts.Entered(
            id, isLeave ? null : role, staff.NameOf(user), OnCallTexts.Stamp(from, calendar.Zone), OnCallTexts.Stamp(to, calendar.Zone)).In(context.ChannelLanguage)));
    }

    private async Task<Reply> CancelAsync(CommandContext context, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        if (!long.TryParse(context.Name(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await db.Set<OnCallChange>().Where(c => c.Id == id && c.CancelledAt == null && c.EndsAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.CancelledAt, now), ct) == 0)
            return Reply.Refused(OnCallTexts.NoEntry(CommandTexts.Typed(context.Name(1))), context.Language);
        return Reply.InChannel(Notice.Of(":white_check_mark:", OnCallTexts.Cancelled(id).In(context.ChannelLanguage)));
    }

    private async Task<Reply> ShowAsync(SpokenLanguage language, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        var changes = await OnCallBook.ChangesAsync(db, now, ct);
        var problems = await db.Set<ReachabilityRecord>().AsNoTracking().Where(r => r.Error != null).OrderBy(r => r.UserId).Take(10).ToListAsync(ct);
        var turn = book.NextHandOver(now);
        var (today, next) = (book.At(now, changes), book.At(turn, changes));
        var lines = Enum.GetValues<Role>().Select(role => Line(role, today[role], next[role], language)).ToList();
        if (Enum.GetValues<Role>().Any(r => options.Value.Of(r).Rotation.Count > 0))
            lines.Add(Mrkdwn.Of($"{OnCallTexts.Next(OnCallTexts.Stamp(turn, calendar.Zone)).In(language)}"));
        List<Block> blocks = [new SectionBlock { Text = Mrkdwn.Join("\n", lines.Prepend(Mrkdwn.Of($"*{OnCallTexts.Title.In(language)}*"))) }];
        if (changes.Count > 0)
        {
            blocks.Add(new SectionBlock
            {
                Text = Mrkdwn.Join("\n", changes.Take(15).Select(c => Mrkdwn.Trusted(OnCallTexts.Change(
                    c, Quiet(c.UserId), OnCallTexts.Stamp(c.StartsAt, calendar.Zone), OnCallTexts.Stamp(c.EndsAt, calendar.Zone)).In(language)))),
            });
        }
        if (problems.Count > 0)
        {
            blocks.Add(new SectionBlock
            {
                Text = Mrkdwn.Join("\n", problems.Select(p => Mrkdwn.Of($":warning: {Mrkdwn.Trusted(Quiet(p.UserId))} {OnCallTexts.NotReached(p.Carrier, p.Error!).In(language)}"))),
            });
        }
        blocks.Add(new ContextBlock { Elements = [(Markdown)Mrkdwn.Of($"{CalendarLine(now, language)}")] });
        return Reply.ToPerson(new() { Text = OnCallTexts.Title.In(language), Blocks = blocks });
    }

    private Mrkdwn Line(Role role, Duty today, Duty next, SpokenLanguage language)
    {
        var line = Mrkdwn.Of($"{role.Name().In(language)}: {People(today, language)}");
        if (!today.OnCall.SequenceEqual(next.OnCall, StringComparer.Ordinal)) line += Mrkdwn.Of($" → {People(next, language)}");
        foreach (var passed in today.PassedOver.Take(5))
            line += Mrkdwn.Of($" / {Mrkdwn.Trusted(Quiet(passed.UserId))} ({OnCallTexts.Passed(passed.Reason).In(language)})");
        return line;
    }

    private Mrkdwn People(Duty duty, SpokenLanguage language)
    {
        var people = duty.OnCall.Take(10).Select(u => Mrkdwn.Trusted(Quiet(u))).Concat(duty.UnknownGroups.Select(Mrkdwn.Group)).ToList();
        return people.Count == 0 ? Mrkdwn.Of($":warning: {OnCallTexts.Nobody.In(language)}") : Mrkdwn.Join(", ", people);
    }

    private string CalendarLine(DateTimeOffset now, SpokenLanguage language)
    {
        var state = calendar.IsOpen(now)
            ? CalendarTexts.Open
            : CalendarTexts.Closed(calendar.WhyOff(calendar.Day(now)), OnCallTexts.Stamp(calendar.NextOpening(now), calendar.Zone));
        var known = calendar.RunsOut(now) ? CalendarTexts.RunsOut(calendar.KnownUntil) : CalendarTexts.KnownUntil(calendar.KnownUntil);
        return $"{state.In(language)} · {known.In(language)}";
    }

    // An answer that only one person sees notifies nobody, so a mention is just a name.
    private string Quiet(string user) => staff.Accounts.GetValueOrDefault(user)?.State is AccountState.Unknown ? Mrkdwn.Escape(user).Value : Mrkdwn.User(user).Value;

    private DateTimeOffset? Moment(string text, bool isEnd)
    {
        var typed = text.ToUpperInvariant();
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Utc((isEnd && day < DateOnly.MaxValue ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue));
        return DateTime.TryParseExact(typed, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? Utc(moment) : null;
    }

    private DateTimeOffset? Utc(DateTime local)
    {
        if (local.Year is < 2000 or > 2100) return null;
        // What the clocks leave out in spring counts as an hour later.
        var there = calendar.Zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(there, calendar.Zone.GetUtcOffset(there)).ToUniversalTime();
    }

    [GeneratedRegex(@"^<@(?<id>[UW][A-Z0-9]{2,20})(\|[^>]*)?>\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mention();
}
