using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Control;

internal sealed record TypeRequest(string User, string Channel, string Text, string? ThreadTs = null);

internal sealed record PressRequest(string User, string ActionId, string? Channel = null, string? Ts = null, string? ViewId = null, string? BlockId = null, string? Value = null, IReadOnlyList<string>? Values = null)
{
    public IReadOnlyList<string> All => Values ?? (Value is null ? [] : [Value]);
}

internal sealed record SuggestRequest(string User, string ActionId, string Text, string? Channel = null, string? Ts = null, string? ViewId = null, string? BlockId = null);

internal sealed record ViewRequest(string User, bool All = false);

internal sealed record ReactRequest(string User, string Channel, string Ts, string Name);

internal sealed record PersonRequest(string Id, string Name, string RealName, string Role = "member", string Locale = "ja-JP", bool IsGuest = false, bool IsDeactivated = false);

internal sealed record ChannelRequest(string Id, string Name, bool IsPrivate = false, IReadOnlyList<string>? Members = null);

internal sealed record GroupRequest(string Id, string Handle, string Name, IReadOnlyList<string> Users);

internal sealed record MembershipRequest(string Channel, string User, bool IsMember = true);

internal sealed record ArchiveRequest(string Channel, bool IsArchived = true);

internal sealed record MessageRequest(string Channel, string Ts);

internal sealed record SocketRequest(string Action);

internal sealed record FaultRequest(
    double? DownSeconds = null, bool DownAborts = false,
    int? RateLimitCalls = null, double? RateLimitSeconds = null, int? RetryAfter = null, string? RateLimitMethod = null,
    int? ErrorCalls = null, int? ErrorStatus = null, string? ErrorMethod = null,
    int? AfterEffectCalls = null, int? AfterEffectStatus = null, string? AfterEffectMethod = null,
    int? DuplicateDeliveries = null, int? LateDeliveries = null, double? LateSeconds = null, int? DropSocketAfterSend = null);

internal sealed record SettingsRequest(
    string? RequestUrl = null, string? CommandsUrl = null, string? InteractivityUrl = null, string? OptionsUrl = null,
    DeliveryMode? DeliveryMode = null, bool? StrictPacing = null, IReadOnlyList<string>? BotScopes = null, IReadOnlyList<string>? Events = null);

internal sealed record StateAnswer(
    string Team, string App, string BotUser, IReadOnlyList<Person> People, IReadOnlyList<UserGroup> Groups, IReadOnlyList<Channel> Channels, DeliveryMode DeliveryMode, int Sockets);
