using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Forms;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.People;
using FestivalOps.Commands.Queue;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands;

/// <summary>
/// Takes one accepted command or press to its end: who asks, which command, may they, audit, work, answer, audit. Whatever happens on the
/// way, the person gets an answer and the trail gets its end.
/// </summary>
internal sealed partial class CommandRunner(
    CommandBook book,
    PeopleBook people,
    RoleBook roles,
    AuditClerk audit,
    ReplyPosts posts,
    FormDoor door,
    PressMemory presses,
    StoreState store,
    IOptions<CommandsOptions> options,
    IOptions<LanguageOptions> languages,
    TimeProvider time,
    ILogger<CommandRunner> logger)
{
    /// <summary>Does the work. Never throws: this is where exceptions end.</summary>
    public async Task RunAsync(WorkItem item, CancellationToken cut)
    {
        var post = posts.For(item);
        var language = languages.Value.Channels;
        Reply reply;
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cut, limit.Token);
            try
            {
                var person = await people.FindAsync(item.UserId, both.Token);
                language = person.Language;
                reply = await DecideAsync(item, person, post, both.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cut.IsCancellationRequested)
            {
                var id = ErrorId.New();
                Log.TookTooLong(logger, item.Id, item.UserId, options.Value.TimeoutSeconds, id);
                reply = Reply.Refused(CommandTexts.TimedOut(id), language) with { ErrorId = id };
            }
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            // No answer now: the pending work stays in the store, and the next start tells the person.
            Log.CutOff(logger, item.Id, item.UserId);
            await post.CutOffAsync(CommandTexts.Interrupted.In(languages.Value.Channels));
            return;
        }
        catch (Exception failure)
        {
            reply = Broken(item, failure, language);
        }

        try
        {
            reply = await post.DeliverAsync(reply, cut);
            await audit.CloseAsync(item, reply, cut);
        }
        catch (Exception failure)
        {
            // The pending work stays in the store, so the next start still tells the person.
            Log.NotClosed(logger, failure, item.Id, item.UserId, ErrorId.New());
        }
    }

    private async Task<Reply> DecideAsync(WorkItem item, Person person, ReplyPost post, CancellationToken ct)
    {
        var line = item.Line;
        var (allowed, changes, run, refusal) = Find(item, line);
        if (run is null) return await RefuseAsync(item, refusal!, person.Language, ct);

        var permission = await roles.AskAsync(item.UserId, allowed, ct);
        if (permission == Permission.Denied) return await RefuseAsync(item, CommandTexts.NotAllowed(allowed, roles.NobodyHas(allowed)), person.Language, ct);
        if (permission == Permission.Unclear) return await RefuseAsync(item, CommandTexts.RoleUnclear(allowed, roles.UnclearErrorId), person.Language, ct) with { ErrorId = roles.UnclearErrorId };

        var opening = audit.WhyNotReceivedAsync(item, ct);
        if (changes && await opening is { } notStored) return Reply.Refused(store.IsReady ? CommandTexts.NoAudit(notStored) : CommandTexts.StoreNotOpen(notStored), person.Language) with { ErrorId = notStored };

        // A reading command works while its row becomes durable, and is answered when both are done.
        var reply = await run(new(item, person, line, ChannelLanguage(item, person), post, door), ct);
        return await opening is { } waits && !ReferenceEquals(reply, Reply.Silent)
            ? reply with { Message = WithNote(reply.Message, (store.IsReady ? CommandTexts.AuditWaits(waits) : CommandTexts.AuditStarting(waits)).In(person.Language)) }
            : reply;
    }

    private (IReadOnlyCollection<Role> Allowed, bool Changes, Func<CommandContext, CancellationToken, Task<Reply>>? Run, LocalizedText? Refusal) Find(
        WorkItem item, CommandLine line)
    {
        if (item.Form is { } sent)
            return book.Form(sent.Name) is { } form ? (form.AllowedRoles, form.Changes, form.RunAsync, null) : ([], false, null, CommandTexts.GoneButton);
        if (item.Button is { } pressed)
        {
            if (book.Button(pressed.ActionId) is not { } button) return ([], false, null, CommandTexts.GoneButton);
            return presses.IsFirst(item, pressed)
                ? (button.AllowedRoles, button.Changes, button.RunAsync, null)
                : ([], false, null, CommandTexts.AlreadyPressed);
        }
        if (book.Find(line) is { } command) return (command.AllowedRolesFor(line.Name(1)), command.Changes, command.RunAsync, null);
        var typed = CommandTexts.Typed(line.Words[0]);
        return ([], false, null, CommandTexts.Unknown(typed, book.Nearest(line.Name(0))));
    }

    private async Task<Reply> RefuseAsync(WorkItem item, LocalizedText why, SpokenLanguage language, CancellationToken ct)
    {
        await audit.WhyNotReceivedAsync(item, ct);
        var reply = Reply.Refused(why, language);
        // A second press of one's own is no mistake.
        return ReferenceEquals(why, CommandTexts.AlreadyPressed) ? reply with { Message = Notice.Of(":information_source:", why.In(language)) } : reply;
    }

    private Reply Broken(WorkItem item, Exception failure, SpokenLanguage language)
    {
        var id = ErrorId.New();
        Log.Broke(logger, failure, item.Id, item.UserId, id);
        var message = store.IsReady ? Notice.Of(":boom:", CommandTexts.Failed(id).In(language)) : Notice.Of(":hourglass:", CommandTexts.StoreNotOpen(id).In(language));
        return new(message, ToChannel: false, AuditEvent.Failed, failure.GetType().Name, id);
    }

    // A direct message (D…) has one reader; everywhere else the team reads along.
    private SpokenLanguage ChannelLanguage(WorkItem item, Person person) =>
        item.ChannelId.StartsWith('D') ? person.Language : languages.Value.Channels;

    // A new message: the card may be shared with others who asked at the same moment.
    private static Message WithNote(Message message, string note) => new()
    {
        Text = message.Text,
        Blocks = [.. message.Blocks, new ContextBlock { Elements = [new PlainText(note)] }],
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The command {Command} of {User} broke. Error id {ErrorId}")]
        public static partial void Broke(ILogger logger, Exception failure, string command, string user, string errorId);

        [LoggerMessage(LogLevel.Error, "The command {Command} of {User} took longer than {Seconds} s and was stopped. Error id {ErrorId}")]
        public static partial void TookTooLong(ILogger logger, string command, string user, int seconds, string errorId);

        [LoggerMessage(LogLevel.Warning, "The command {Command} of {User} was cut off by the stop; the next start says so")]
        public static partial void CutOff(ILogger logger, string command, string user);

        [LoggerMessage(LogLevel.Error, "The answer to the command {Command} of {User} could not be delivered or recorded. Error id {ErrorId}")]
        public static partial void NotClosed(ILogger logger, Exception failure, string command, string user, string errorId);
    }
}
