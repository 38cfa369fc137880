using FestivalOps.Slack.Events;

namespace FestivalOps.Slack.Json;

internal sealed class EventConverter : TolerantConverter<Event>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "message" => typeof(MessageEvent),
        "app_mention" => typeof(AppMention),
        "app_home_opened" => typeof(AppHomeOpened),
        "reaction_added" => typeof(ReactionAdded),
        "reaction_removed" => typeof(ReactionRemoved),
        "member_joined_channel" => typeof(MemberJoinedChannel),
        "member_left_channel" => typeof(MemberLeftChannel),
        "channel_rename" => typeof(ChannelRename),
        "channel_created" => typeof(ChannelCreated),
        "channel_archive" => typeof(ChannelArchive),
        "channel_unarchive" => typeof(ChannelUnarchive),
        "team_join" => typeof(TeamJoin),
        "user_change" => typeof(UserChange),
        "app_uninstalled" => typeof(AppUninstalled),
        "tokens_revoked" => typeof(TokensRevoked),
        _ => null,
    };

    protected override Event? Unknown(string type, JsonElement raw) => new UnknownEvent(type, raw);
}

internal sealed class ViewInfoConverter : TolerantConverter<ViewInfo>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "modal" => typeof(ModalViewInfo),
        "home" => typeof(HomeViewInfo),
        _ => null,
    };

    protected override ViewInfo? Unknown(string type, JsonElement raw) => new UnknownViewInfo(type, raw);
}

internal sealed class ViewDefinitionConverter : TolerantConverter<ViewDefinition>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "modal" => typeof(ModalViewDefinition),
        "home" => typeof(HomeViewDefinition),
        _ => null,
    };

    protected override ViewDefinition? Unknown(string type, JsonElement raw) => null;
}
