using FestivalOps.Channels;
using FestivalOps.Channels.Carriers;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.MonitoringCheck;

/// <summary>メール通知テスト: a mail through the server that pages go through. What is proven is that the server took it, with the id that it gave.</summary>
internal sealed class TestMail(MailCarrier carrier, IOptions<MailOptions> mail, IOptions<MonitoringCheckOptions> options, IOptions<LanguageOptions> languages, TimeProvider time)
{
    /// <summary>Sends it.</summary>
    /// <param name="run">Names the run: its id stands in the mail, and decides the Message-ID.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<TaskPart> SendAsync(string run, CancellationToken ct)
    {
        if (!mail.Value.IsSet) return TaskPart.NotAvailable(MonitoringTexts.MailNotSetUp);
        if (options.Value.MailTo.Length == 0) return TaskPart.NotAvailable(MonitoringTexts.MailToNotSet);
        var (ja, en) = (languages.Value.Channels == SpokenLanguage.Ja, SpokenTime.Stamp(time.GetUtcNow(), languages.Value.GetZone()));
        var words = MonitoringTexts.MailBody(run, en);
        var (delivery, answer) = await carrier.TryAsync(
            $"monitoring-check:{run}", options.Value.MailTo, new Prepared.Mail(ja ? MonitoringTexts.MailSubject.Ja : MonitoringTexts.MailSubject.En, ja ? words.Ja : words.En), ct);
        return delivery switch
        {
            Delivery.Arrived => TaskPart.Ok(MonitoringTexts.MailTaken(ForeignText.OneLine(answer, 150))),
            Delivery.Refused refused => TaskPart.Failed(MonitoringTexts.MailRefused(refused.Error)),
            Delivery.NotTaken later => TaskPart.Failed(MonitoringTexts.MailRefused(later.Reason)),
            Delivery.Unclear unclear => TaskPart.Warning(MonitoringTexts.MailUnclear(unclear.Reason)),
            _ => throw new InvalidOperationException($"{delivery.GetType().Name} is not expected of mail."),
        };
    }
}
