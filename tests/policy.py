"""Who may what: each address of the portal, by its URL name, and what it answers to whom.

The things lie in Kutai Kartanegara: KIM Mekar, which Siti chairs, its posts, its decree. tests/test_policy.py sends
every row over HTTP, and docs/who-may-what.md is this table: `python tests/policy.py > docs/who-may-what.md`.
"""

from typing import NamedTuple

ACTORS = {
    "visitor": "is not signed in",
    "joko": "is signed in, and in no KIM",
    "siti": "chairs KIM Mekar",
    "made": "is the officer of its regency",
    "ratna": "is the officer of the city next door",
    "dewi": "is the officer of the ministry",
    "nofactor": "is Made before he has set up a second factor",
}

OUTCOMES = {
    "ok": "answers",
    "empty": "answers, without this thing",
    "onward": "leads to the page where this continues",
    "done": "changes something",
    "refused": "says in words why not; nothing changes",
    "sign-in": "leads to signing in",
    "factor": "leads to setting up a second factor",
    "again": "asks for the password or the code once more",
    "403": "is known and forbidden; nothing changes",
    "404": "does not exist for this person; nothing changes",
}

TABLE = """
# Public pages
home                                             -              ok      ok      ok      ok      ok      ok      ok
search                                           -              ok      ok      ok      ok      ok      ok      ok
search_suggest                                   -              ok      ok      ok      ok      ok      ok      ok
search_feed                                      -              ok      ok      ok      ok      ok      ok      ok
about                                            -              ok      ok      ok      ok      ok      ok      ok
privacy                                          -              ok      ok      ok      ok      ok      ok      ok
accessibility                                    -              ok      ok      ok      ok      ok      ok      ok
activities:write_shell                           -              ok      ok      ok      ok      ok      ok      ok
offline                                          -              ok      ok      ok      ok      ok      ok      ok
too_large                                        -              refused refused refused refused refused refused refused
manifest                                         -              ok      ok      ok      ok      ok      ok      ok
service_worker                                   -              ok      ok      ok      ok      ok      ok      ok
regions:index                                    -              ok      ok      ok      ok      ok      ok      ok
regions:suggest                                  -              ok      ok      ok      ok      ok      ok      ok
regions:mine                                     -              ok      ok      ok      ok      ok      ok      ok
regions:nearest                                  -              onward  onward  onward  onward  onward  onward  onward
communities:list                                 -              ok      ok      ok      ok      ok      ok      ok
activities:agenda                                -              ok      ok      ok      ok      ok      ok      ok
activities:clarifications                        -              ok      ok      ok      ok      ok      ok      ok
activities:potentials                            -              ok      ok      ok      ok      ok      ok      ok
files:agenda_feed                                -              ok      ok      ok      ok      ok      ok      ok
files:agenda_feed_region                         region         ok      ok      ok      ok      ok      ok      ok
activities:list                                  -              ok      ok      ok      ok      ok      ok      ok
files:cover                                      -              ok      ok      ok      ok      ok      ok      ok
files:feed                                       -              ok      ok      ok      ok      ok      ok      ok
robots                                           -              ok      ok      ok      ok      ok      ok      ok
sitemap_index                                    -              ok      ok      ok      ok      ok      ok      ok
sitemap_pages                                    -              ok      ok      ok      ok      ok      ok      ok
sitemap_news                                     -              ok      ok      ok      ok      ok      ok      ok
sitemap_section                                  KIM            ok      ok      ok      ok      ok      ok      ok
region                                           region         ok      ok      ok      ok      ok      ok      ok
my_region_agenda                                 -              onward  onward  onward  onward  onward  onward  onward
my_region_news                                   region         ok      ok      ok      ok      ok      ok      ok
files:feed_region                                region         ok      ok      ok      ok      ok      ok      ok
POST regions:mine                                region         onward  onward  onward  onward  onward  onward  onward
POST regions:nearest                             -              ok      ok      ok      ok      ok      ok      ok
files:feed_field                                 field          ok      ok      ok      ok      ok      ok      ok
community                                        KIM            ok      ok      ok      ok      ok      ok      ok
community                                        draft-KIM      404     404     404     404     404     404     404
community                                        submitted-KIM  404     404     404     404     404     404     404
files:feed_community                             KIM            ok      ok      ok      ok      ok      ok      ok
files:feed_community                             draft-KIM      404     404     404     404     404     404     404
files:feed_community                             submitted-KIM  404     404     404     404     404     404     404
activities:detail                                post           ok      ok      ok      ok      ok      ok      ok
activities:detail                                draft-post     404     404     404     404     404     404     404
activities:detail                                submitted-post 404     404     404     404     404     404     404
activities:detail                                hidden-post    404     404     404     404     404     404     404
activities:calendar                              agenda         ok      ok      ok      ok      ok      ok      ok
activities:calendar                              post           404     404     404     404     404     404     404
files:share_picture                              post           ok      ok      ok      ok      ok      ok      ok
files:share_picture                              draft-post     404     404     404     404     404     404     404
files:share_picture                              hidden-post    404     404     404     404     404     404     404
files:photo                                      photo          ok      ok      ok      ok      ok      ok      ok
files:photo                                      photo-of-draft 404     404     404     404     404     404     404
files:photo                                      hidden-photo   404     404     404     404     404     404     404
communities:certificate                          certificate    ok      ok      ok      ok      ok      ok      ok
communities:certificate_file                     certificate    onward  onward  onward  onward  onward  onward  onward
communities:certificate_file                     valid          ok      ok      ok      ok      ok      ok      ok
# The room of a KIM
communities:room                                 KIM            sign-in 404     ok      404     404     404     factor
communities:room                                 draft-KIM      sign-in 404     404     404     404     404     factor
communities:room                                 joined-draft   sign-in 404     404     404     404     404     factor
communities:members                              joined-draft   sign-in 404     404     404     404     404     factor
communities:member_add                           joined-draft   sign-in 404     404     404     404     404     factor
communities:profile                              joined-draft   sign-in 404     404     404     404     404     factor
POST communities:profile                         joined-draft   sign-in 404     404     404     404     404     factor
communities:papers                               joined-draft   sign-in 404     404     404     404     404     factor
activities:blog_import                           joined-draft   sign-in 404     404     404     404     404     factor
communities:leave                                joined-draft   sign-in 404     ok      404     404     404     factor
POST communities:leave                           joined-draft   sign-in 404     done    404     404     404     factor
communities:register                             -              sign-in ok      ok      ok      ok      ok      factor
POST communities:register                        -              sign-in done    done    done    done    done    factor
communities:profile                              own-draft      sign-in 404     ok      404     404     404     factor
communities:profile                              draft-KIM      sign-in 404     404     404     404     404     factor
communities:contact                              own-draft      sign-in 404     ok      404     404     404     factor
communities:contact                              draft-KIM      sign-in 404     404     404     404     404     factor
communities:fields                               own-draft      sign-in 404     ok      404     404     404     factor
communities:fields                               draft-KIM      sign-in 404     404     404     404     404     factor
communities:people                               own-draft      sign-in 404     ok      404     404     404     factor
communities:people                               draft-KIM      sign-in 404     404     404     404     404     factor
communities:decree                               own-draft      sign-in 404     ok      404     404     404     factor
communities:decree                               draft-KIM      sign-in 404     404     404     404     404     factor
communities:papers                               own-draft      sign-in 404     ok      404     404     404     factor
communities:papers                               draft-KIM      sign-in 404     404     404     404     404     factor
POST communities:profile                         own-draft      sign-in 404     done    404     404     404     factor
POST communities:profile                         KIM            sign-in 404     done    404     404     404     factor
POST communities:profile                         waiting-own    sign-in 404     refused 404     404     404     factor
POST communities:contact                         own-draft      sign-in 404     done    404     404     404     factor
POST communities:contact                         KIM            sign-in 404     done    404     404     404     factor
POST communities:contact                         waiting-own    sign-in 404     refused 404     404     404     factor
POST communities:fields                          own-draft      sign-in 404     done    404     404     404     factor
POST communities:fields                          KIM            sign-in 404     done    404     404     404     factor
POST communities:fields                          waiting-own    sign-in 404     refused 404     404     404     factor
POST communities:decree                          own-draft      sign-in 404     done    404     404     404     factor
POST communities:decree                          KIM            sign-in 404     refused 404     404     404     factor
POST communities:decree                          waiting-own    sign-in 404     refused 404     404     404     factor
POST communities:papers                          own-draft      sign-in 404     done    404     404     404     factor
POST communities:papers                          KIM            sign-in 404     refused 404     404     404     factor
POST communities:papers                          waiting-own    sign-in 404     refused 404     404     404     factor
communities:paper                                paper          sign-in 404     ok      404     404     404     factor
POST communities:submit                          own-draft      sign-in 404     done    404     404     404     factor
POST communities:submit                          draft-KIM      sign-in 404     404     404     404     404     factor
POST communities:submit                          KIM            sign-in 404     onward  404     404     404     factor
POST communities:confirm                         KIM            sign-in 404     done    404     404     404     factor
POST communities:confirm                         own-draft      sign-in 404     onward  404     404     404     factor
# The people of a KIM
communities:members                              KIM            sign-in 404     ok      404     404     404     factor
communities:members                              joined-KIM     sign-in 404     ok      404     404     404     factor
communities:member_add                           KIM            sign-in 404     ok      404     404     404     factor
communities:member_add                           joined-KIM     sign-in 404     403     404     404     404     factor
POST communities:member_add                      KIM            sign-in 404     done    404     404     404     factor
POST communities:member_add                      joined-KIM     sign-in 404     403     404     404     404     factor
communities:member_invite                        KIM            sign-in 404     ok      404     404     404     factor
communities:member_invite                        joined-KIM     sign-in 404     403     404     404     404     factor
POST communities:member_invite                   KIM            sign-in 404     done    404     404     404     factor
POST communities:member_invite                   joined-KIM     sign-in 404     403     404     404     404     factor
communities:member                               member         sign-in 404     ok      404     404     404     factor
communities:member                               fellow         sign-in 404     403     404     404     404     factor
POST communities:member                          member         sign-in 404     done    404     404     404     factor
POST communities:member                          fellow         sign-in 404     403     404     404     404     factor
communities:member_account                       by-hand        sign-in 404     ok      404     404     404     factor
POST communities:member_account                  by-hand        sign-in 404     done    404     404     404     factor
POST communities:member_account                  fellow         sign-in 404     403     404     404     404     factor
POST communities:member_answer                   asking         sign-in 404     done    404     404     404     factor
POST communities:member_answer                   asking-other   sign-in 404     403     404     404     404     factor
communities:member_remove                        member         sign-in 404     ok      404     404     404     factor
communities:member_remove                        fellow         sign-in 404     403     404     404     404     factor
POST communities:member_remove                   member         sign-in 404     done    404     404     404     factor
POST communities:member_remove                   fellow         sign-in 404     403     404     404     404     factor
communities:member_chair                         member         sign-in 404     again   404     404     404     factor
communities:member_chair                         fellow         sign-in 404     403     404     404     404     factor
POST communities:member_chair                    member         sign-in 404     again   404     404     404     factor
POST communities:member_chair                    fellow         sign-in 404     403     404     404     404     factor
POST communities:position_end                    position       sign-in 404     done    404     404     404     factor
POST communities:position_end                    fellow-office  sign-in 404     403     404     404     404     factor
communities:join                                 KIM            sign-in ok      ok      ok      ok      ok      factor
communities:join                                 draft-KIM      sign-in 404     404     404     404     404     factor
communities:join                                 submitted-KIM  sign-in 404     404     404     404     404     factor
POST communities:join                            KIM            sign-in done    onward  done    done    done    factor
POST communities:join                            submitted-KIM  sign-in 404     404     404     404     404     factor
communities:leave                                joined-KIM     sign-in 404     ok      404     404     404     factor
POST communities:leave                           joined-KIM     sign-in 404     done    404     404     404     factor
POST communities:leave                           KIM            sign-in 404     onward  404     404     404     factor
POST communities:invitation_answer               invitation     sign-in done    404     404     404     404     factor
# Writing
activities:write                                 -              sign-in ok      ok      ok      ok      ok      factor
activities:write_key                             -              sign-in ok      ok      ok      ok      ok      factor
POST activities:write_preview                    -              sign-in ok      ok      ok      ok      ok      factor
activities:write_post                            draft-post     sign-in 404     ok      404     404     404     factor
activities:write_post                            submitted-post sign-in 404     onward  404     404     404     factor
activities:write_post                            fellows-draft  sign-in 404     404     404     404     404     factor
activities:write_post                            sent-back      sign-in 404     onward  404     404     404     factor
POST activities:write_post                       draft-post     sign-in 404     done    404     404     404     factor
POST activities:write_post                       fellows-draft  sign-in 404     404     404     404     404     factor
POST activities:write_post                       sent-back      sign-in 404     404     404     404     404     factor
POST activities:write_post                       submitted-post sign-in 404     refused 404     404     404     factor
POST activities:write_post                       hidden-post    sign-in 404     refused 404     404     404     factor
activities:write_photo                           draft-post     sign-in 404     ok      404     404     404     factor
activities:write_photo                           submitted-post sign-in 404     onward  404     404     404     factor
activities:write_photo                           fellows-draft  sign-in 404     404     404     404     404     factor
POST activities:write_photo                      draft-post     sign-in 404     done    404     404     404     factor
POST activities:write_photo                      fellows-draft  sign-in 404     404     404     404     404     factor
POST activities:write_discard                    draft-post     sign-in 404     done    404     404     404     factor
POST activities:write_discard                    fellows-draft  sign-in 404     404     404     404     404     factor
activities:own_posts                             -              sign-in ok      ok      ok      ok      ok      factor
activities:to_read                               -              sign-in ok      ok      ok      ok      ok      factor
POST activities:chair_reviews                    KIM            sign-in 404     done    404     404     404     factor
activities:chair_read                            chair-post     sign-in 404     ok      404     404     404     factor
POST activities:chair_read                       chair-post     sign-in 404     done    404     404     404     factor
activities:chair_read                            fellows-draft  sign-in 404     404     404     404     404     factor
activities:history                               draft-post     sign-in 404     ok      404     404     404     factor
activities:history                               fellows-draft  sign-in 404     404     404     404     404     factor
activities:history                               post           sign-in 404     ok      ok      404     ok      factor
activities:contest                               review         sign-in 404     ok      404     404     404     factor
POST activities:contest                          review         sign-in 404     done    404     404     404     factor
activities:own_post                              draft-post     sign-in 404     ok      404     404     404     factor
activities:own_post                              fellows-draft  sign-in 404     404     404     404     404     factor
activities:own_post                              sent-to-chair  sign-in 404     ok      404     404     404     factor
activities:own_post                              sent-back      sign-in 404     ok      404     404     404     factor
activities:own_post                              submitted-post sign-in 404     ok      ok      404     ok      factor
activities:own_post                              hidden-post    sign-in 404     ok      ok      404     ok      factor
activities:own_post                              post           sign-in 404     ok      ok      404     ok      factor
files:own_photo                                  photo-of-draft sign-in 404     ok      404     404     404     factor
files:own_photo                                  fellows-photo  sign-in 404     404     404     404     404     factor
files:own_photo                                  photo-to-chair sign-in 404     ok      404     404     404     factor
files:own_photo                                  photo          sign-in 404     ok      ok      404     ok      factor
activities:blog_import                           KIM            sign-in 404     ok      404     404     404     factor
activities:blog_import                           draft-KIM      sign-in 404     404     404     404     404     factor
POST activities:blog_import                      KIM            sign-in 404     done    404     404     404     factor
# Comments and reports
activities:comment                               post           sign-in ok      ok      ok      ok      ok      factor
activities:comment                               hidden-post    sign-in 404     404     404     404     404     factor
POST activities:comment                          post           sign-in done    done    done    done    done    factor
POST activities:comment                          hidden-post    sign-in 404     404     404     404     404     factor
activities:comments                              post           sign-in 403     ok      ok      403     403     factor
POST activities:comment_hide                     comment        sign-in 403     done    done    403     403     factor
activities:flag_post                             post           ok      ok      ok      ok      ok      ok      ok
activities:flag_post                             hidden-post    404     404     404     404     404     404     404
POST activities:flag_post                        post           done    done    done    done    done    done    done
POST activities:flag_post                        hidden-post    404     404     404     404     404     404     404
activities:flag_photo                            photo          ok      ok      ok      ok      ok      ok      ok
activities:flag_photo                            hidden-photo   404     404     404     404     404     404     404
POST activities:flag_photo                       photo          done    done    done    done    done    done    done
activities:flag_comment                          comment        ok      ok      ok      ok      ok      ok      ok
POST activities:flag_comment                     comment        done    done    done    done    done    done    done
activities:flag_status                           -              ok      ok      ok      ok      ok      ok      ok
activities:flag_result                           flag           ok      ok      ok      ok      ok      ok      ok
# What a person is told
inbox                                            -              sign-in ok      ok      ok      ok      ok      factor
notice_open                                      notice         sign-in 404     onward  404     404     404     factor
POST notices_read                                notice         sign-in onward  done    onward  onward  onward  factor
notice_settings                                  -              sign-in ok      ok      ok      ok      ok      factor
POST notice_settings                             -              sign-in done    done    done    done    done    factor
notice_stop                                      stop           ok      ok      ok      ok      ok      ok      ok
POST notice_stop                                 stop           done    done    done    done    done    done    done
# Own account
workspace                                        -              sign-in ok      ok      ok      ok      ok      factor
account_login                                    -              ok      onward  onward  onward  onward  onward  factor
account_logout                                   -              onward  ok      ok      ok      ok      ok      ok
account_inactive                                 -              ok      ok      ok      ok      ok      ok      factor
account_signup                                   -              ok      onward  onward  onward  onward  onward  factor
account_reauthenticate                           -              sign-in ok      ok      again   again   again   ok
account_email                                    -              sign-in ok      ok      ok      ok      ok      factor
account_email_verification_sent                  -              sign-in onward  onward  onward  onward  onward  factor
account_change_password                          -              sign-in ok      ok      ok      ok      ok      factor
account_set_password                             -              sign-in onward  onward  onward  onward  onward  factor
account_reset_password                           -              ok      ok      ok      ok      ok      ok      factor
account_confirm_login_code                       -              sign-in onward  onward  onward  onward  onward  factor
account_confirm_password_reset_code              -              sign-in onward  onward  onward  onward  onward  factor
account_complete_password_reset                  -              onward  onward  onward  onward  onward  onward  factor
account_password_reset_completed                 -              ok      ok      ok      ok      ok      ok      factor
mfa_index                                        -              sign-in ok      ok      ok      ok      ok      ok
mfa_authenticate                                 -              sign-in onward  onward  onward  onward  onward  factor
mfa_reauthenticate                               -              sign-in again   again   ok      ok      ok      again
mfa_activate_totp                                -              sign-in again   again   again   again   again   again
mfa_deactivate_totp                              -              sign-in 404     404     again   again   again   factor
mfa_view_recovery_codes                          -              sign-in 404     404     404     404     404     404
mfa_generate_recovery_codes                      -              sign-in again   again   again   again   again   again
mfa_download_recovery_codes                      -              sign-in 404     404     404     404     404     404
# The officers' desk
admin:index                                      -              sign-in 403     403     ok      ok      ok      factor
admin:login                                      -              sign-in 403     403     onward  onward  onward  factor
admin:logout                                     -              sign-in 403     403     ok      ok      ok      ok
admin:password_change                            -              sign-in 403     403     onward  onward  onward  factor
admin:jsi18n                                     -              sign-in 403     403     ok      ok      ok      factor
admin:app_list                                   -              sign-in 403     403     ok      ok      ok      factor
admin:autocomplete                               region         sign-in 403     403     ok      empty   ok      factor
petugas/<anything>                               -              sign-in 403     403     404     404     404     factor
admin:regions_region_changelist                  region         sign-in 403     403     ok      empty   ok      factor
POST admin:regions_region_export_xlsx            -              sign-in 403     403     done    done    done    factor
POST admin:regions_region_export_csv             -              sign-in 403     403     done    done    done    factor
admin:regions_region_add                         -              sign-in 403     403     403     403     403     factor
admin:regions_region_change                      region         sign-in 403     403     ok      404     ok      factor
admin:regions_region_history                     region         sign-in 403     403     onward  404     onward  factor
admin:regions_region_delete                      region         sign-in 403     403     403     404     403     factor
petugas/regions/region/<id>/                     region         sign-in 403     403     onward  404     onward  factor
admin:accounts_officerassignment_changelist      duty           sign-in 403     403     ok      empty   ok      factor
POST admin:accounts_officerassignment_export_xlsx -              sign-in 403     403     done    done    done    factor
POST admin:accounts_officerassignment_export_csv -              sign-in 403     403     done    done    done    factor
POST admin:accounts_officerassignment_changelist duty           sign-in 403     403     done    refused refused factor
admin:accounts_officerassignment_add             -              sign-in 403     403     ok      ok      ok      factor
POST admin:accounts_officerassignment_add        candidate      sign-in 403     403     done    refused refused factor
admin:accounts_officerassignment_change          duty           sign-in 403     403     ok      404     ok      factor
admin:accounts_officerassignment_history         duty           sign-in 403     403     onward  404     onward  factor
admin:accounts_officerassignment_delete          duty           sign-in 403     403     403     404     403     factor
petugas/accounts/officerassignment/<id>/         duty           sign-in 403     403     onward  404     onward  factor
admin:accounts_auditentry_changelist             entry          sign-in 403     403     ok      empty   ok      factor
POST admin:accounts_auditentry_export_xlsx       -              sign-in 403     403     done    done    done    factor
POST admin:accounts_auditentry_export_csv        -              sign-in 403     403     done    done    done    factor
admin:accounts_auditentry_add                    -              sign-in 403     403     403     403     403     factor
admin:accounts_auditentry_change                 entry          sign-in 403     403     ok      404     ok      factor
admin:accounts_auditentry_history                entry          sign-in 403     403     empty   404     empty   factor
admin:accounts_auditentry_delete                 entry          sign-in 403     403     403     404     403     factor
petugas/accounts/auditentry/<id>/                entry          sign-in 403     403     onward  404     onward  factor
admin:communities_partnerkind_changelist         kind           sign-in 403     403     ok      ok      ok      factor
POST admin:communities_partnerkind_export_xlsx   -              sign-in 403     403     done    done    done    factor
POST admin:communities_partnerkind_export_csv    -              sign-in 403     403     done    done    done    factor
admin:communities_partnerkind_add                -              sign-in 403     403     403     403     ok      factor
POST admin:communities_partnerkind_add           -              sign-in 403     403     403     403     done    factor
admin:communities_partnerkind_change             kind           sign-in 403     403     ok      ok      ok      factor
POST admin:communities_partnerkind_change        kind           sign-in 403     403     403     403     done    factor
admin:communities_partnerkind_history            kind           sign-in 403     403     onward  onward  onward  factor
admin:communities_partnerkind_delete             kind           sign-in 403     403     403     403     403     factor
petugas/communities/partnerkind/<id>/            kind           sign-in 403     403     onward  onward  onward  factor
admin:communities_field_changelist               field          sign-in 403     403     ok      ok      ok      factor
POST admin:communities_field_export_xlsx         -              sign-in 403     403     done    done    done    factor
POST admin:communities_field_export_csv          -              sign-in 403     403     done    done    done    factor
admin:communities_field_add                      -              sign-in 403     403     403     403     ok      factor
POST admin:communities_field_add                 -              sign-in 403     403     403     403     done    factor
admin:communities_field_change                   field          sign-in 403     403     ok      ok      ok      factor
POST admin:communities_field_change              field          sign-in 403     403     403     403     done    factor
admin:communities_field_history                  field          sign-in 403     403     onward  onward  onward  factor
admin:communities_field_delete                   field          sign-in 403     403     403     403     403     factor
petugas/communities/field/<id>/                  field          sign-in 403     403     onward  onward  onward  factor
admin:communities_decree_changelist              decree         sign-in 403     403     ok      empty   ok      factor
POST admin:communities_decree_export_xlsx        -              sign-in 403     403     done    done    done    factor
POST admin:communities_decree_export_csv         -              sign-in 403     403     done    done    done    factor
admin:communities_decree_add                     -              sign-in 403     403     ok      ok      ok      factor
POST admin:communities_decree_add                -              sign-in 403     403     done    refused done    factor
admin:communities_decree_change                  decree         sign-in 403     403     ok      404     ok      factor
POST admin:communities_decree_change             decree         sign-in 403     403     done    404     done    factor
admin:communities_decree_history                 decree         sign-in 403     403     onward  404     onward  factor
admin:communities_decree_delete                  decree         sign-in 403     403     403     404     403     factor
petugas/communities/decree/<id>/                 decree         sign-in 403     403     onward  404     onward  factor
admin:communities_community_changelist           KIM            sign-in 403     403     ok      empty   ok      factor
POST admin:communities_community_export_xlsx     -              sign-in 403     403     done    done    done    factor
POST admin:communities_community_export_csv      -              sign-in 403     403     done    done    done    factor
admin:communities_community_changelist           draft-KIM      sign-in 403     403     empty   empty   empty   factor
POST admin:communities_community_changelist      KIM            sign-in 403     403     refused refused refused factor
admin:communities_community_add                  -              sign-in 403     403     403     403     403     factor
admin:communities_community_change               KIM            sign-in 403     403     ok      404     ok      factor
admin:communities_community_change               draft-KIM      sign-in 403     403     404     404     404     factor
admin:communities_community_change               submitted-KIM  sign-in 403     403     ok      404     ok      factor
POST admin:communities_community_change          KIM            sign-in 403     403     done    404     done    factor
admin:communities_community_history              KIM            sign-in 403     403     onward  404     onward  factor
admin:communities_community_delete               KIM            sign-in 403     403     403     404     403     factor
petugas/communities/community/<id>/              KIM            sign-in 403     403     onward  404     onward  factor
admin:communities_membership_changelist          member         sign-in 403     403     ok      empty   ok      factor
POST admin:communities_membership_export_xlsx    -              sign-in 403     403     done    done    done    factor
POST admin:communities_membership_export_csv     -              sign-in 403     403     done    done    done    factor
admin:communities_membership_changelist          asking         sign-in 403     403     empty   empty   empty   factor
admin:communities_membership_changelist          of-a-draft     sign-in 403     403     empty   empty   empty   factor
admin:communities_membership_add                 -              sign-in 403     403     403     403     403     factor
admin:communities_membership_change              member         sign-in 403     403     ok      404     ok      factor
admin:communities_membership_change              asking         sign-in 403     403     404     404     404     factor
admin:communities_membership_change              of-a-draft     sign-in 403     403     404     404     404     factor
POST admin:communities_membership_change         member         sign-in 403     403     done    404     done    factor
admin:communities_membership_history             member         sign-in 403     403     onward  404     onward  factor
admin:communities_membership_delete              member         sign-in 403     403     403     404     403     factor
petugas/communities/membership/<id>/             member         sign-in 403     403     onward  404     onward  factor
admin:communities_decree_file                    decree-file    sign-in 403     403     ok      404     ok      factor
admin:communities_decree_file                    decree         sign-in 403     403     404     404     404     factor
admin:communities_community_check                KIM            sign-in 403     403     ok      404     ok      factor
admin:communities_community_check                draft-KIM      sign-in 403     403     404     404     404     factor
admin:communities_community_check                waiting-KIM    sign-in 403     403     ok      404     ok      factor
POST admin:communities_community_check           waiting-KIM    sign-in 403     403     done    404     403     factor
admin:communities_community_deed                 KIM            sign-in 403     403     ok      404     403     factor
admin:communities_community_deed                 draft-KIM      sign-in 403     403     404     404     404     factor
POST admin:communities_community_deed            KIM            sign-in 403     403     done    404     403     factor
admin:communities_paper_changelist               paper          sign-in 403     403     ok      empty   ok      factor
POST admin:communities_paper_export_xlsx         -              sign-in 403     403     done    done    done    factor
POST admin:communities_paper_export_csv          -              sign-in 403     403     done    done    done    factor
admin:communities_paper_add                      -              sign-in 403     403     403     403     403     factor
admin:communities_paper_change                   paper          sign-in 403     403     ok      404     ok      factor
admin:communities_paper_history                  paper          sign-in 403     403     onward  404     onward  factor
admin:communities_paper_delete                   paper          sign-in 403     403     403     404     403     factor
petugas/communities/paper/<id>/                  paper          sign-in 403     403     onward  404     onward  factor
admin:communities_paper_file                     paper          sign-in 403     403     ok      404     ok      factor
admin:communities_verification_changelist        round          sign-in 403     403     ok      empty   ok      factor
POST admin:communities_verification_export_xlsx  -              sign-in 403     403     done    done    done    factor
POST admin:communities_verification_export_csv   -              sign-in 403     403     done    done    done    factor
admin:communities_verification_add               -              sign-in 403     403     403     403     403     factor
admin:communities_verification_change            round          sign-in 403     403     ok      404     ok      factor
admin:communities_verification_history           round          sign-in 403     403     onward  404     onward  factor
admin:communities_verification_delete            round          sign-in 403     403     403     404     403     factor
petugas/communities/verification/<id>/           round          sign-in 403     403     onward  404     onward  factor
admin:communities_certificate_changelist         certificate    sign-in 403     403     ok      empty   ok      factor
POST admin:communities_certificate_export_xlsx   -              sign-in 403     403     done    done    done    factor
POST admin:communities_certificate_export_csv    -              sign-in 403     403     done    done    done    factor
admin:communities_certificate_add                -              sign-in 403     403     403     403     403     factor
admin:communities_certificate_change             certificate    sign-in 403     403     ok      404     ok      factor
admin:communities_certificate_history            certificate    sign-in 403     403     onward  404     onward  factor
admin:communities_certificate_delete             certificate    sign-in 403     403     403     404     403     factor
petugas/communities/certificate/<id>/            certificate    sign-in 403     403     onward  404     onward  factor
admin:communities_formationrule_changelist       rule           sign-in 403     403     ok      empty   ok      factor
POST admin:communities_formationrule_export_xlsx -              sign-in 403     403     done    done    done    factor
POST admin:communities_formationrule_export_csv  -              sign-in 403     403     done    done    done    factor
admin:communities_formationrule_add              -              sign-in 403     403     ok      ok      ok      factor
POST admin:communities_formationrule_add         -              sign-in 403     403     done    refused done    factor
admin:communities_formationrule_change           rule           sign-in 403     403     ok      404     ok      factor
POST admin:communities_formationrule_change      rule           sign-in 403     403     done    404     done    factor
admin:communities_formationrule_history          rule           sign-in 403     403     onward  404     onward  factor
admin:communities_formationrule_delete           rule           sign-in 403     403     403     404     403     factor
petugas/communities/formationrule/<id>/          rule           sign-in 403     403     onward  404     onward  factor
admin:communities_office_changelist              office         sign-in 403     403     ok      empty   ok      factor
POST admin:communities_office_export_xlsx        -              sign-in 403     403     done    done    done    factor
POST admin:communities_office_export_csv         -              sign-in 403     403     done    done    done    factor
admin:communities_office_add                     -              sign-in 403     403     ok      ok      ok      factor
POST admin:communities_office_add                -              sign-in 403     403     done    refused done    factor
admin:communities_office_change                  office         sign-in 403     403     ok      404     ok      factor
POST admin:communities_office_change             office         sign-in 403     403     done    404     done    factor
admin:communities_office_history                 office         sign-in 403     403     onward  404     onward  factor
admin:communities_office_delete                  office         sign-in 403     403     403     404     403     factor
petugas/communities/office/<id>/                 office         sign-in 403     403     onward  404     onward  factor
admin:communities_rosterimport_changelist        roster         sign-in 403     403     ok      empty   ok      factor
POST admin:communities_rosterimport_export_xlsx  -              sign-in 403     403     done    done    done    factor
POST admin:communities_rosterimport_export_csv   -              sign-in 403     403     done    done    done    factor
admin:communities_rosterimport_add               -              sign-in 403     403     ok      ok      ok      factor
POST admin:communities_rosterimport_add          -              sign-in 403     403     done    refused refused factor
admin:communities_rosterimport_change            roster         sign-in 403     403     ok      404     ok      factor
POST admin:communities_rosterimport_change       roster         sign-in 403     403     done    404     done    factor
admin:communities_rosterimport_result            roster         sign-in 403     403     ok      404     ok      factor
admin:communities_rosterimport_run               roster         sign-in 403     403     ok      404     ok      factor
POST admin:communities_rosterimport_run          roster         sign-in 403     403     done    404     done    factor
admin:communities_rosterimport_undo              imported       sign-in 403     403     ok      404     ok      factor
POST admin:communities_rosterimport_undo         imported       sign-in 403     403     done    404     refused factor
admin:communities_rosterimport_history           roster         sign-in 403     403     onward  404     onward  factor
admin:communities_rosterimport_delete            roster         sign-in 403     403     403     404     403     factor
petugas/communities/rosterimport/<id>/           roster         sign-in 403     403     onward  404     onward  factor
admin:communities_coachingevent_changelist       coaching       sign-in 403     403     ok      empty   ok      factor
POST admin:communities_coachingevent_export_xlsx -              sign-in 403     403     done    done    done    factor
POST admin:communities_coachingevent_export_csv  -              sign-in 403     403     done    done    done    factor
admin:communities_coachingevent_add              -              sign-in 403     403     ok      ok      ok      factor
POST admin:communities_coachingevent_add         -              sign-in 403     403     done    refused done    factor
admin:communities_coachingevent_change           coaching       sign-in 403     403     ok      404     ok      factor
POST admin:communities_coachingevent_change      coaching       sign-in 403     403     done    404     done    factor
admin:communities_coachingevent_history          coaching       sign-in 403     403     onward  404     onward  factor
admin:communities_coachingevent_delete           coaching       sign-in 403     403     403     404     403     factor
petugas/communities/coachingevent/<id>/          coaching       sign-in 403     403     onward  404     onward  factor
admin:accounts_user_changelist                   person         sign-in 403     403     ok      empty   ok      factor
POST admin:accounts_user_export_xlsx             -              sign-in 403     403     done    done    done    factor
POST admin:accounts_user_export_csv              -              sign-in 403     403     done    done    done    factor
admin:accounts_user_add                          -              sign-in 403     403     403     403     403     factor
admin:accounts_user_change                       person         sign-in 403     403     ok      404     ok      factor
admin:accounts_user_history                      person         sign-in 403     403     onward  404     onward  factor
admin:accounts_user_delete                       person         sign-in 403     403     403     404     403     factor
petugas/accounts/user/<id>/                      person         sign-in 403     403     onward  404     onward  factor
admin:activities_post_changelist                 post           sign-in 403     403     ok      empty   ok      factor
POST admin:activities_post_export_xlsx           -              sign-in 403     403     done    done    done    factor
POST admin:activities_post_export_csv            -              sign-in 403     403     done    done    done    factor
admin:activities_post_changelist                 draft-post     sign-in 403     403     empty   empty   empty   factor
admin:activities_post_changelist                 sent-to-chair  sign-in 403     403     empty   empty   empty   factor
POST admin:activities_post_queue                 sent-to-chair  sign-in 403     403     404     404     404     factor
admin:activities_post_add                        -              sign-in 403     403     403     403     403     factor
admin:activities_post_change                     post           sign-in 403     403     ok      404     ok      factor
admin:activities_post_change                     draft-post     sign-in 403     403     404     404     404     factor
admin:activities_post_change                     sent-to-chair  sign-in 403     403     404     404     404     factor
admin:activities_post_change                     sent-back      sign-in 403     403     404     404     404     factor
admin:activities_post_change                     submitted-post sign-in 403     403     ok      404     ok      factor
admin:activities_post_change                     hidden-post    sign-in 403     403     ok      404     ok      factor
admin:activities_post_history                    post           sign-in 403     403     onward  404     onward  factor
admin:activities_post_delete                     post           sign-in 403     403     403     404     403     factor
petugas/activities/post/<id>/                    post           sign-in 403     403     onward  404     onward  factor
admin:activities_post_queue                      -              sign-in 403     403     ok      ok      ok      factor
POST admin:activities_post_queue                 submitted-post sign-in 403     403     done    404     403     factor
admin:activities_post_hoax                       post           sign-in 403     403     ok      404     403     factor
admin:activities_post_hoax                       draft-post     sign-in 403     403     404     404     404     factor
POST admin:activities_post_hoax                  corrected-post sign-in 403     403     done    404     403     factor
admin:activities_trustrule_changelist            trust-rule     sign-in 403     403     ok      empty   ok      factor
POST admin:activities_trustrule_export_xlsx      -              sign-in 403     403     done    done    done    factor
POST admin:activities_trustrule_export_csv       -              sign-in 403     403     done    done    done    factor
admin:activities_trustrule_add                   -              sign-in 403     403     ok      ok      ok      factor
POST admin:activities_trustrule_add              -              sign-in 403     403     done    refused done    factor
admin:activities_trustrule_change                trust-rule     sign-in 403     403     ok      404     ok      factor
POST admin:activities_trustrule_change           trust-rule     sign-in 403     403     done    404     done    factor
admin:activities_trustrule_history               trust-rule     sign-in 403     403     onward  404     onward  factor
admin:activities_trustrule_delete                trust-rule     sign-in 403     403     403     404     403     factor
petugas/activities/trustrule/<id>/               trust-rule     sign-in 403     403     onward  404     onward  factor
"""


class Row(NamedTuple):
    section: str
    deed: str
    thing: str
    outcomes: dict[str, str]

    @property
    def method(self):
        return "POST" if self.deed.startswith("POST ") else "GET"

    @property
    def name(self):
        """The URL name, or, where Django gives none, the path."""
        return self.deed.removeprefix("POST ")

    def __str__(self):
        return f"{self.deed} {self.thing}"


def rows():
    section = ""
    for line in TABLE.strip().splitlines():
        if line.startswith("#"):
            section = line.removeprefix("# ")
        elif line:
            *deed, thing, visitor, joko, siti, made, ratna, dewi, nofactor = line.split()
            answers = (visitor, joko, siti, made, ratna, dewi, nofactor)
            yield Row(section, " ".join(deed), thing, dict(zip(ACTORS, answers, strict=True)))


def markdown():
    lines = ["# Who may what", "", "Generated by `python tests/policy.py`; the tests send every row over HTTP.", ""]
    lines += [f"- **{actor}** {meaning}" for actor, meaning in ACTORS.items()]
    lines += ["", "The things lie in the regency of Made. A POST that has no row changes nothing."]
    lines += ["Every page but the desk has a twin in English under `/en/`, for which its rows hold too.", ""]
    lines += [f"- `{outcome}`: {meaning}" for outcome, meaning in OUTCOMES.items()]
    section = None
    for row in rows():
        if row.section != section:
            section = row.section
            lines += ["", f"## {section}", "", f"| address | of | {' | '.join(ACTORS)} |", "|---" * 9 + "|"]
        thing = row.thing.replace("-", " ").strip()
        lines.append(f"| `{row.deed}` | {thing} | {' | '.join(row.outcomes.values())} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(markdown(), end="")
