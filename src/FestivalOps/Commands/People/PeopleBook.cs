using System.Collections.Concurrent;
using FestivalOps.Language;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.People;

/// <summary>Knows which language a person reads, from the locale of their Slack.</summary>
internal sealed partial class PeopleBook(
    ISlackApiClient slack, IOptions<LanguageOptions> options, TimeProvider time, ILogger<PeopleBook> logger) : IDisposable
{
    /// <summary>How long a locale is remembered: 1 hour.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);

    /// <summary>How long a command waits for it: 300 ms. The answer matters more than its language; the next command knows it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>How long Slack may take to tell it: 5 seconds.</summary>
    public static readonly TimeSpan LookUpTimeout = TimeSpan.FromSeconds(5);

    /// <summary>After a failed look-up, how long the channels' language is spoken before Slack is asked again: 1 minute.</summary>
    public static readonly TimeSpan GuessFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Task<Person>> _asking = new(StringComparer.Ordinal);
    private readonly MemoryCache _people = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>The person with this id. When Slack doesn't tell, the language of the channels is spoken.</summary>
    public async ValueTask<Person> FindAsync(string userId, CancellationToken ct)
    {
        if (_people.TryGetValue(userId, out Person? known) && known is not null) return known;
        // Many commands of one person at once are one question.
        var asking = _asking.GetOrAdd(userId, static (id, book) => book.RememberAsync(id), this);
        var patience = Task.Delay(Patience, time, ct);
        return await Task.WhenAny(asking, patience) == asking ? await asking : new(userId, options.Value.Channels);
    }

    /// <inheritdoc/>
    public void Dispose() => _people.Dispose();

    private async Task<Person> RememberAsync(string userId)
    {
        // Off the caller's thread: the question must be in the table before it can be taken out again.
        await Task.Yield();
        var (person, keep) = await AskAsync(userId);
        _people.Set(userId, person, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = keep });
        _asking.TryRemove(userId, out _);
        return person;
    }

    private async Task<(Person Person, TimeSpan Keep)> AskAsync(string userId)
    {
        try
        {
            using var limit = new CancellationTokenSource(LookUpTimeout);
            var user = await slack.Users.Info(userId, includeLocale: true, limit.Token);
            return (new(userId, Language(user.Locale)), FreshFor);
        }
        catch (Exception failure)
        {
            Log.LocaleUnknown(logger, failure, userId, ErrorId.New());
            return (new(userId, options.Value.Channels), GuessFor);
        }
    }

    private SpokenLanguage Language(string? locale)
    {
        if (string.IsNullOrEmpty(locale)) return options.Value.Channels;
        return locale.StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? SpokenLanguage.Ja : SpokenLanguage.En;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack did not tell the locale of {User}; the channels' language is spoken. Error id {ErrorId}")]
        public static partial void LocaleUnknown(ILogger logger, Exception failure, string user, string errorId);
    }
}
