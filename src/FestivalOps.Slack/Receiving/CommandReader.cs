using FestivalOps.Slack.Interaction;

namespace FestivalOps.Slack.Receiving;

/// <summary>What a form turned out to hold.</summary>
internal readonly record struct FormContent(SlashCommand? Command, byte[]? Payload, bool IsCertificateProbe);

internal static class CommandReader
{
    /// <exception cref="FormatException">The form is malformed or holds neither a command nor a payload.</exception>
    public static FormContent Read(ReadOnlySpan<byte> form)
    {
        var reader = new FormReader(form);
        SlashCommand? command = null;
        byte[]? payload = null;
        var probe = false;
        while (reader.Next())
        {
            var name = reader.Name;
            if (name.SequenceEqual("payload"u8))
                payload = reader.Bytes();
            else if (name.SequenceEqual("ssl_check"u8))
                probe |= reader.Text() == "1";
            else
                Set(command ??= new SlashCommand(), name, in reader);
        }
        if (payload is not null || probe)
            return new(null, payload, probe);
        if (command is not { Command: ['/', ..] })
            throw new FormatException("neither a command nor a payload");
        if (command.UserId.Length == 0 || command.ChannelId.Length == 0)
            throw new FormatException("a command without user_id or channel_id");
        return new(command, null, false);
    }

    private static void Set(SlashCommand command, ReadOnlySpan<byte> name, in FormReader reader)
    {
        // Ordered as Slack sends them. Unknown fields, and the deprecated token, are passed over without decoding.
        if (name.SequenceEqual("team_id"u8))
            command.TeamId = reader.Text();
        else if (name.SequenceEqual("team_domain"u8))
            command.TeamDomain = reader.Text();
        else if (name.SequenceEqual("channel_id"u8))
            command.ChannelId = reader.Text();
        else if (name.SequenceEqual("channel_name"u8))
            command.ChannelName = reader.Text();
        else if (name.SequenceEqual("user_id"u8))
            command.UserId = reader.Text();
        else if (name.SequenceEqual("user_name"u8))
            command.UserName = reader.Text();
        else if (name.SequenceEqual("command"u8))
            command.Command = reader.Text();
        else if (name.SequenceEqual("text"u8))
            command.Text = reader.Text();
        else if (name.SequenceEqual("api_app_id"u8))
            command.ApiAppId = reader.Text();
        else if (name.SequenceEqual("is_enterprise_install"u8))
            command.IsEnterpriseInstall = reader.Text() == "true";
        else if (name.SequenceEqual("response_url"u8))
            command.ResponseUrl = reader.Text();
        else if (name.SequenceEqual("trigger_id"u8))
            command.TriggerId = reader.Text();
        else if (name.SequenceEqual("enterprise_id"u8))
            command.EnterpriseId = reader.Text();
        else if (name.SequenceEqual("enterprise_name"u8))
            command.EnterpriseName = reader.Text();
    }
}
