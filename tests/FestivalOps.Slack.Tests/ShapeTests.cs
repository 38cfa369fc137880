using System.Reflection;

namespace FestivalOps.Slack.Tests;

/// <summary>The names that handlers and services use are SlackNet's, so that moving to the package is a change of one global using.</summary>
public sealed class ShapeTests
{
    private static readonly Assembly Library = typeof(ISlackApiClient).Assembly;

    public static TheoryData<string, string> Members => new()
    {
        { "ISlackApiClient", "Auth Chat Conversations Users UserGroups UserGroupUsers Views Files Reactions Pins Bookmarks Canvases ScheduledMessages Bots Team AppsConnectionsApi OAuthV2 Get Post Respond PostToWebhook WithAccessToken" },
        { "ISlackSocketModeClient", "Connect Disconnect Connected" },
        { "SlackException", "ErrorCode ErrorMessages ErrorInfo" },
        { "SlackRateLimitException", "RetryAfter" },
        { "ViewDefinition", "Blocks PrivateMetadata CallbackId ExternalId" },
        { "ModalViewDefinition", "Title Close Submit ClearOnClose NotifyOnClose" },
        { "HomeViewDefinition", "Blocks" },
        { "IEventHandler", "Handle" },
        { "IEventHandler`1", "Handle" },
        { "WebApi.IAuthApi", "Test" },
        { "WebApi.IChatApi", "PostMessage PostEphemeral Update Delete ScheduleMessage DeleteScheduledMessage GetPermalink" },
        { "WebApi.IConversationsApi", "Create Invite Join Info List Members Open OpenAndReturnInfo SetTopic SetPurpose Archive Unarchive Rename Kick Leave History Replies CreateCanvas" },
        { "WebApi.IUsersApi", "Info LookupByEmail List Conversations" },
        { "WebApi.IUserGroupsApi", "List" },
        { "WebApi.IUserGroupUsersApi", "List Update" },
        { "WebApi.IViewsApi", "Open Push Publish UpdateByViewId UpdateByExternalId" },
        { "WebApi.IFilesApi", "Upload GetUploadUrlExternal CompleteUploadExternal Info Delete" },
        { "WebApi.IReactionsApi", "AddToMessage RemoveFromMessage" },
        { "WebApi.IPinsApi", "AddMessage RemoveMessage List" },
        { "WebApi.IBookmarksApi", "Add Edit List Remove" },
        { "WebApi.ICanvasesApi", "Create Edit" },
        { "WebApi.IAppsConnectionsApi", "Open" },
        { "WebApi.Message", "Channel Text Parse LinkNames Attachments Blocks UnfurlLinks UnfurlMedia Username AsUser IconUrl IconEmoji ThreadTs ReplyBroadcast MetadataJson MetadataObject" },
        { "WebApi.MessageUpdate", "Ts ChannelId Text Attachments Blocks Parse LinkNames AsUser FileIds" },
        { "Interaction.SlashCommand", "Token TeamId TeamDomain EnterpriseId EnterpriseName ChannelId ChannelName UserId UserName Command Text ResponseUrl TriggerId ApiAppId IsEnterpriseInstall" },
        { "Interaction.SlashCommandResponse", "Message ResponseType" },
        { "Interaction.ISlashCommandHandler", "Handle" },
        { "Interaction.IBlockActionHandler", "Handle" },
        { "Interaction.IBlockActionHandler`1", "Handle" },
        { "Interaction.BlockActionRequest", "Container TriggerId Message View State Actions Action ResponseUrl Team Channel User" },
        { "Interaction.IViewSubmissionHandler", "Handle HandleClose" },
        { "Interaction.ViewSubmissionResponse", "Null ResponseAction" },
        { "Interaction.ViewErrorsResponse", "Errors" },
        { "Interaction.UpdateViewResponse", "View" },
        { "Interaction.PushViewResponse", "View" },
        { "Interaction.ClearViewsResponse", "ResponseAction" },
        { "Interaction.IGlobalShortcutHandler", "Handle" },
        { "Interaction.IMessageShortcutHandler", "Handle" },
        { "Interaction.IBlockOptionProvider", "GetOptions" },
        { "Interaction.BlockOptionsRequest", "ActionId BlockId Value User" },
        { "Interaction.BlockOptionsResponse", "Options OptionGroups" },
        { "Interaction.MessageResponse", "ResponseType ReplaceOriginal DeleteOriginal Message" },
        { "Events.EventCallback", "TeamId ApiAppId Event EventId EventTime Authorizations" },
        { "Events.AppMention", "User Text Ts Channel ThreadTs" },
        { "Blocks.ButtonAction", "Value ActionId BlockId" },
        { "Blocks.StaticSelectAction", "SelectedOption" },
        { "Blocks.UserSelectAction", "SelectedUser" },
        { "SocketMode.SocketModeConnectionOptions", "NumberOfConnections ConnectionDelay DebugReconnects" },
        { "AspNetCore.AspNetSlackServiceConfiguration", "UseApiToken UseAppLevelToken UseSigningSecret UseSocketMode RegisterSlashCommandHandler RegisterBlockActionHandler RegisterViewSubmissionHandler RegisterEventHandler RegisterBlockOptionProvider RegisterGlobalShortcutHandler RegisterMessageShortcutHandler" },
        { "AspNetCore.SlackEndpointConfiguration", "MapToPrefix" },
        { "AspNetCore.AspNetCoreExtensions", "AddSlackNet UseSlackNet" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void Types_and_members_have_SlackNets_names(string type, string members)
    {
        var found = Library.GetType($"FestivalOps.Slack.{type}").ShouldNotBeNull();
        found.IsPublic.ShouldBeTrue();
        var names = new[] { found }.Concat(found.GetInterfaces()).SelectMany(part => part.GetMembers()).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var member in members.Split(' '))
            names.Contains(member).ShouldBeTrue($"{type}.{member}");
    }

    [Theory]
    [InlineData("SectionBlock ActionsBlock HeaderBlock ContextBlock DividerBlock ImageBlock InputBlock RichTextBlock MarkdownBlock TableBlock VideoBlock ContextActionsBlock")]
    [InlineData("TextObject PlainText Markdown Button StaticSelectMenu UserSelectMenu ConversationSelectMenu ChannelSelectMenu ExternalSelectMenu StaticMultiSelectMenu UserMultiSelectMenu ConversationMultiSelectMenu ChannelMultiSelectMenu ExternalMultiSelectMenu")]
    [InlineData("CheckboxGroup RadioButtonGroup OverflowMenu DatePicker TimePicker DateTimePicker PlainTextInput NumberInput EmailTextInput UrlTextInput FileInput RichTextInput ConfirmationDialog Option OptionGroup")]
    public void Blocks_and_elements_have_SlackNets_names(string names)
    {
        foreach (var name in names.Split(' '))
            Library.GetType($"FestivalOps.Slack.Blocks.{name}").ShouldNotBeNull(name).IsPublic.ShouldBeTrue();
    }

    [Fact]
    public void Every_asking_method_takes_a_cancellation_token_last()
    {
        var asking = Library.GetExportedTypes().Where(type => type.IsInterface && type.Name.EndsWith("Api", StringComparison.Ordinal)).Append(typeof(ISlackApiClient));
        foreach (var method in asking.SelectMany(type => type.GetMethods()).Where(method => typeof(Task).IsAssignableFrom(method.ReturnType)))
            method.GetParameters()[^1].ParameterType.ShouldBe(typeof(CancellationToken), $"{method.DeclaringType!.Name}.{method.Name}");
    }

    [Fact]
    public void Only_the_folders_of_the_shape_and_our_own_one_are_public()
    {
        string[] known = ["", ".AspNetCore", ".Beyond", ".Blocks", ".Events", ".Extensions.DependencyInjection", ".Interaction", ".SocketMode", ".WebApi"];
        Library.GetExportedTypes().Select(type => type.Namespace!["FestivalOps.Slack".Length..]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(known.Order(StringComparer.Ordinal));
    }
}
