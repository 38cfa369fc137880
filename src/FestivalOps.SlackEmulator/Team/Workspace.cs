using System.Collections.Immutable;

namespace FestivalOps.SlackEmulator.Team;

/// <summary>
/// Everything the workspace knows: people, groups, conversations, messages, views. Lives in memory; safe to use from any
/// thread. What it returns are snapshots that never change.
/// </summary>
public sealed partial class Workspace
{
    private readonly Lock gate = new();
    private readonly EmulatorOptions options;
    private readonly TimeProvider time;
    private ImmutableDictionary<string, Person> people = ImmutableDictionary.Create<string, Person>(StringComparer.Ordinal);
    private ImmutableDictionary<string, UserGroup> groups = ImmutableDictionary.Create<string, UserGroup>(StringComparer.Ordinal);
    private ImmutableDictionary<string, Channel> channels = ImmutableDictionary.Create<string, Channel>(StringComparer.Ordinal);
    private long lastMicros;

    /// <summary>Makes the seeded workspace.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock.</param>
    public Workspace(EmulatorOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        Fill();
    }

    /// <summary>Something that people can see has changed.</summary>
    public event EventHandler? Changed;

    /// <summary>Somebody joined a channel.</summary>
    public event EventHandler<MemberJoinedEventArgs>? MemberJoined;

    /// <summary>Where the workspace is served, without a slash at the end; empty until it has started.</summary>
    public string BaseUrl { get; internal set; } = "";

    /// <summary>Everyone, bots included, bots and guests last.</summary>
    public IReadOnlyList<Person> People => [.. people.Values.OrderBy(p => p.IsBot).ThenBy(p => p.IsGuest).ThenByDescending(p => p.Locale, StringComparer.Ordinal).ThenBy(p => p.Id, StringComparer.Ordinal)];

    /// <summary>The user groups.</summary>
    public IReadOnlyList<UserGroup> Groups => [.. groups.Values.OrderBy(g => g.Handle, StringComparer.Ordinal)];

    /// <summary>All conversations, archived ones included, in the order of their names.</summary>
    public IReadOnlyList<Channel> Channels => [.. channels.Values.OrderBy(c => c.Name, StringComparer.Ordinal)];

    internal DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Finds a person.</summary>
    /// <param name="userId">User id.</param>
    /// <returns>The person, or <see langword="null"/>.</returns>
    public Person? FindPerson(string? userId) => userId is null ? null : people.GetValueOrDefault(userId);

    /// <summary>Finds a user group.</summary>
    /// <param name="groupId">Group id.</param>
    /// <returns>The group, or <see langword="null"/>.</returns>
    public UserGroup? FindGroup(string? groupId) => groupId is null ? null : groups.GetValueOrDefault(groupId);

    /// <summary>Finds a conversation by id, or a channel by name with or without <c>#</c>.</summary>
    /// <param name="idOrName">Id or name.</param>
    /// <returns>The conversation, or <see langword="null"/>.</returns>
    public Channel? FindChannel(string? idOrName)
    {
        if (string.IsNullOrEmpty(idOrName))
            return null;
        if (channels.TryGetValue(idOrName, out var byId))
            return byId;
        var name = idOrName.TrimStart('#');
        return channels.Values.FirstOrDefault(c => c.Name.Length > 0 && string.Equals(c.Name, name, StringComparison.Ordinal));
    }

    /// <summary>Adds a person or replaces the one with the same id.</summary>
    /// <param name="person">The person.</param>
    public void Save(Person person)
    {
        lock (gate)
            people = people.SetItem(person.Id, person);
        Notify();
    }

    /// <summary>Adds a user group or replaces the one with the same id.</summary>
    /// <param name="group">The group.</param>
    public void Save(UserGroup group)
    {
        lock (gate)
            groups = groups.SetItem(group.Id, group);
        Notify();
    }

    /// <summary>Adds a conversation or replaces the one with the same id.</summary>
    /// <param name="channel">The conversation.</param>
    public void Save(Channel channel)
    {
        lock (gate)
            channels = channels.SetItem(channel.Id, channel);
        Notify();
    }

    /// <summary>Changes a conversation as one step.</summary>
    /// <param name="channelId">Conversation id.</param>
    /// <param name="change">From the present state to the next.</param>
    /// <returns>The new state, or <see langword="null"/> when there is no such conversation.</returns>
    public Channel? Change(string channelId, Func<Channel, Channel> change)
    {
        Channel? next = null;
        lock (gate)
        {
            if (channels.TryGetValue(channelId, out var channel))
                channels = channels.SetItem(channelId, next = change(channel));
        }
        Notify();
        return next;
    }

    /// <summary>The direct conversation between these people, made when it does not exist yet.</summary>
    /// <param name="userIds">Two user ids, or more for a group.</param>
    /// <returns>The conversation and whether it was there already.</returns>
    public (Channel Channel, bool Existed) OpenDirect(IEnumerable<string> userIds)
    {
        var members = userIds.ToImmutableSortedSet(StringComparer.Ordinal);
        Channel channel;
        lock (gate)
        {
            var found = channels.Values.FirstOrDefault(c => c.IsDirect && c.Members.SetEquals(members));
            if (found is not null)
                return (found, true);
            var kind = members.Count <= 2 ? ChannelKind.Direct : ChannelKind.GroupDirect;
            var name = kind == ChannelKind.Direct ? "" : "mpdm-" + string.Join("--", members.Select(m => people[m].Name)) + "-1";
            channel = new Channel(Ids.New(kind == ChannelKind.Direct ? "D" : "G"), name, kind, members, Now);
            channels = channels.Add(channel.Id, channel);
        }
        Notify();
        return (channel, false);
    }

    /// <summary>The conversations that a person finds in the sidebar.</summary>
    /// <param name="userId">Who looks.</param>
    /// <returns>Channels first, then direct messages; archived ones left out.</returns>
    public IReadOnlyList<Channel> ChannelsOf(string userId) =>
        [.. Channels.Where(c => !c.IsArchived && c.Members.Contains(userId)).OrderBy(c => c.IsDirect).ThenBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>Throws everything away and seeds the workspace anew.</summary>
    public void Reset()
    {
        Fill();
        Notify();
    }

    internal void Notify() => Changed?.Invoke(this, EventArgs.Empty);

    internal void RaiseJoined(string channelId, string userId) => MemberJoined?.Invoke(this, new MemberJoinedEventArgs(channelId, userId));

    private void Fill()
    {
        lock (gate)
        {
            people = people.Clear().AddRange(Seed.People(options.ClientName).Select(p => KeyValuePair.Create(p.Id, p)));
            groups = groups.Clear().AddRange(Seed.Groups().Select(g => KeyValuePair.Create(g.Id, g)));
            channels = channels.Clear().AddRange(Seed.Channels(Now).Select(c => KeyValuePair.Create(c.Id, c)));
            foreach (var person in people.Values.Where(p => p is { IsBot: false, IsGuest: false }))
            {
                var id = "D0" + person.Id[2..];
                channels = channels.Add(id, new Channel(id, "", ChannelKind.Direct, [person.Id, Seed.BotUser], Now));
            }
            messages.Clear();
            read.Clear();
            files.Clear();
            fileOrder.Clear();
            scheduled.Clear();
            stacks.Clear();
            homes.Clear();
            states.Clear();
        }
    }
}
